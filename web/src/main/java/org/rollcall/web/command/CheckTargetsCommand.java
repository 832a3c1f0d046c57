package org.rollcall.web.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.rollcall.collector.judge.ExampleCases;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.profile.Profiles;
import org.rollcall.config.SettingsException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * {@code ./rollcall check-targets}: reads every profile of a folder, says what is wrong, and judges
 * each profile's own example cases.
 */
@Command(
    name = "check-targets",
    description = "Checks every profile in a folder and runs its example cases (ID.examples.yaml).",
    mixinStandardHelpOptions = true)
final class CheckTargetsCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "DIR")
  private Path folder = Path.of("");

  @Mixin private LanguageOption language = new LanguageOption();

  @Override
  public Integer call() throws IOException, SettingsException {
    if (!Files.isDirectory(folder)) {
      throw new Fault("There is no folder " + folder + ": name the folder of the profiles.");
    }
    int bad = 0;
    for (Profile profile : Profiles.read(folder).all()) {
      System.out.println(
          profile.id()
              + " version "
              + profile.version()
              + ": "
              + profile.rules().size()
              + " rules");
      if (!profile.base()) {
        bad += examples(profile);
      }
    }
    return bad == 0 ? 0 : 1;
  }

  /** How many of its cases fail; 1 when they cannot be read. */
  private int examples(Profile profile) {
    Path file = folder.resolve(profile.id() + ".examples.yaml");
    if (!Files.exists(file)) {
      System.out.println("  no example cases: put some into " + file);
      return 0;
    }
    ExampleCases cases;
    try {
      cases = ExampleCases.read(file, profile);
    } catch (SettingsException e) {
      System.err.println(e.getMessage());
      return 1;
    }
    Locale locale = language.locale();
    List<ExampleCases.Failure> failures = cases.run();
    failures.forEach(failure -> System.err.println("  " + failure.text(locale)));
    System.out.println("  " + cases.size() + " example cases, " + failures.size() + " wrong");
    return failures.size();
  }
}
