package org.rollcall.web.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.rollcall.collector.alerts.AlertRule;
import org.rollcall.collector.alerts.AlertRules;
import org.rollcall.collector.alerts.AlertSettings;
import org.rollcall.collector.alerts.Duty;
import org.rollcall.collector.calendar.SchoolCalendars;
import org.rollcall.collector.milestones.MilestoneFile;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.profile.Profiles;
import org.rollcall.config.Problem;
import org.rollcall.config.SettingsException;
import org.rollcall.config.SettingsReader;
import org.rollcall.web.ServerSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ./rollcall check-config}: says everything that is wrong with settings files. */
@Command(
    name = "check-config",
    description = "Checks settings files: server.yaml, calendars, profiles.",
    mixinStandardHelpOptions = true)
final class CheckConfigCommand implements Callable<Integer> {
  private static final List<String> CALENDAR_KEYS =
      List.of("schoolYears", "holidayYears", "periods", "timetables", "lessonDays", "overrides");

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "A file, or a calendars folder.")
  private List<Path> files = List.of();

  @Override
  public Integer call() throws IOException {
    int bad = 0;
    for (Path file : files) {
      try {
        check(file);
        System.out.println(file + ": good");
      } catch (SettingsException e) {
        System.err.println(e.getMessage());
        bad++;
      }
    }
    return bad == 0 ? 0 : 1;
  }

  /** What kind of file it is follows from a key that only this kind has. */
  private static void check(Path file) throws SettingsException, IOException {
    if (Files.isDirectory(file)) {
      SchoolCalendars.read(file);
      return;
    }
    String text = Files.isReadable(file) ? Files.readString(file) : "";
    if (CALENDAR_KEYS.stream().anyMatch(key -> has(text, key))) {
      SchoolCalendars.read(file);
    } else if (has(text, "milestones") && !has(text, "data")) {
      MilestoneFile.read(file);
    } else if (has(text, "signal")) {
      SettingsReader.read(file, AlertRule.class);
    } else if (has(text, "ways") || has(text, "rotas")) {
      Duty.read(file);
    } else if (has(text, "rules") || has(text, "inherits") || has(text, "parameters")) {
      Profile.read(file);
    } else {
      ServerSettings settings = SettingsReader.read(file, ServerSettings.class);
      SchoolCalendars.read(settings.calendar());
      Profiles profiles = Profiles.read(settings.targets());
      alerts(settings.alerts());
      if (settings.milestones() != null) {
        MilestoneFile.read(settings.milestones());
      }
      for (String id : settings.profiles()) {
        if (profiles.get(id) == null) {
          throw new SettingsException(
              file.toString(),
              List.of(
                  new Problem(
                      id.equals(settings.profile()) ? "profile" : "otherProfiles",
                      id,
                      "there is no such profile in " + settings.targets(),
                      "known: " + String.join(", ", profiles.byId().keySet()))));
        }
      }
    }
  }

  private static void alerts(AlertSettings alerts) throws SettingsException {
    AlertRules rules = alerts.rules() == null ? AlertRules.none() : AlertRules.read(alerts.rules());
    Duty duty = alerts.duty() == null ? Duty.NOBODY : Duty.read(alerts.duty());
    List<String> known = rules.all().stream().map(AlertRule::id).toList();
    for (String id : duty.rules()) {
      if (!known.contains(id)) {
        throw new SettingsException(
            String.valueOf(alerts.duty()),
            List.of(
                new Problem(
                    "ways",
                    id,
                    "there is no such alert rule",
                    "known: " + String.join(", ", known))));
      }
    }
  }

  private static boolean has(String text, String key) {
    return text.lines().anyMatch(line -> line.startsWith(key + ":"));
  }
}
