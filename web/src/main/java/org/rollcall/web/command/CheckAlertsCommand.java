package org.rollcall.web.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import org.rollcall.collector.alerts.AlertRule;
import org.rollcall.collector.alerts.AlertRules;
import org.rollcall.collector.alerts.ExampleRun;
import org.rollcall.collector.calendar.CalendarFile;
import org.rollcall.collector.calendar.SchoolCalendar;
import org.rollcall.config.SettingsException;
import org.rollcall.config.SettingsReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs the example cases of alert rules. */
@Command(
    name = "check-alerts",
    description = "Reads the alert rules of a folder and runs their example cases.")
final class CheckAlertsCommand implements Callable<Integer> {
  /** A school week like any other: lessons from 08:00 to 16:30 on five days. */
  private static final String CALENDAR =
      """
      id: examples
      title: 示例
      titleEn: Examples
      zone: Asia/Shanghai
      version: "1"
      schoolYears:
        - name: 2026-2027
          from: 2026-09-01
          to: 2027-08-31
          terms:
            - { name: one, from: 2026-09-01, to: 2027-01-29 }
      lessonDays: [monday, tuesday, wednesday, thursday, friday]
      periods:
        - { name: one, from: "08:00", to: "11:50" }
        - { name: two, from: "14:00", to: "16:30" }
      """;

  private static final LocalDate FROM = LocalDate.of(2026, 11, 23);

  @Parameters(index = "0", paramLabel = "DIR", description = "The folder of the rules.")
  private Path folder = Path.of("");

  @Override
  public Integer call() throws SettingsException {
    if (!Files.isDirectory(folder)) {
      throw new Fault("There is no folder " + folder + ": name the folder of the alert rules.");
    }
    SchoolCalendar calendar =
        SchoolCalendar.of(
            "examples", SettingsReader.read("examples", CALENDAR, folder, CalendarFile.class));
    ExampleRun run = new ExampleRun(calendar, FROM);
    int bad = 0;
    int rules = 0;
    int examples = 0;
    for (AlertRule rule : AlertRules.read(folder).all()) {
      List<ExampleRun.Failure> failures = run.run(rule);
      failures.forEach(failure -> System.err.println(failure));
      if (rule.examples().isEmpty()) {
        System.out.println(rule.id() + ": no example cases: put some into its file");
      }
      bad += failures.size();
      rules++;
      examples += rule.examples().size();
    }
    System.out.println(rules + " rules, " + examples + " example cases, " + bad + " wrong");
    return bad == 0 ? 0 : 1;
  }
}
