package org.rollcall.web.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.rollcall.collector.profile.Profile;
import org.rollcall.config.SettingsException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ./rollcall check-targets}: reads every profile of a folder and says what is wrong. */
@Command(
    name = "check-targets",
    description = "Checks every profile in a folder.",
    mixinStandardHelpOptions = true)
final class CheckTargetsCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "DIR")
  private Path folder = Path.of("");

  @Override
  public Integer call() throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new Fault("There is no folder " + folder + ": name the folder of the profiles.");
    }
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
    if (files.isEmpty()) {
      throw new Fault("There is no profile (*.yaml) in " + folder + ".");
    }
    int bad = 0;
    for (Path file : files) {
      try {
        Profile profile = Profile.read(file);
        System.out.println(
            file
                + ": "
                + profile.id()
                + " version "
                + profile.version()
                + ", "
                + profile.rules().size()
                + " rules: good");
      } catch (SettingsException e) {
        System.err.println(e.getMessage());
        bad++;
      }
    }
    return bad == 0 ? 0 : 1;
  }
}
