package org.rollcall.web.command;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.rollcall.web.doctor.Doctor;
import org.rollcall.web.doctor.Finding;
import org.rollcall.web.doctor.Finding.Status;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./rollcall doctor}: what is wrong, and what to do. */
@Command(
    name = "doctor",
    description = "Says what is wrong with this server and what to do. Exit 1 if anything fails.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  @Mixin private ConfigOption config = new ConfigOption();
  @Mixin private LanguageOption language = new LanguageOption();

  @Override
  public Integer call() {
    List<Finding> findings = new Doctor(config.path(), Clock.systemUTC()).look();
    Locale locale = language.locale();
    for (Finding finding : findings) {
      System.out.println(finding.status() + "  " + finding.said(locale));
      String remedy = finding.remedy(locale);
      if (!remedy.isEmpty()) {
        System.out.println("      " + remedy);
      }
    }
    return findings.stream().anyMatch(f -> f.status() == Status.FAIL) ? 1 : 0;
  }
}
