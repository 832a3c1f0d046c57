package org.rollcall.web.command;

import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.calendar.SchoolCalendars;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.judge.Basis;
import org.rollcall.collector.judge.Change;
import org.rollcall.collector.judge.Rejudgement;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.profile.Profiles;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.registry.School;
import org.rollcall.config.SettingsException;
import org.rollcall.web.ServerSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./rollcall judge}: judges a span again from the school days that are kept. */
@Command(
    name = "judge",
    description = "Judges again from what is stored and prints what changed.",
    mixinStandardHelpOptions = true)
final class JudgeCommand implements Callable<Integer> {
  @Mixin private ConfigOption config = new ConfigOption();

  @Option(names = "--profile", description = "Default: every profile of the settings.")
  private @Nullable String profile;

  @Option(names = "--from", paramLabel = "D", description = "First day (default: today).")
  private @Nullable LocalDate from;

  @Option(names = "--to", paramLabel = "D", description = "Last day (default: today).")
  private @Nullable LocalDate to;

  @Option(names = "--school", paramLabel = "S")
  private @Nullable String school;

  @Option(names = "--region", paramLabel = "R")
  private @Nullable String region;

  @Override
  public Integer call() throws SettingsException, IOException {
    ServerSettings settings = config.settings();
    SchoolCalendars calendars = SchoolCalendars.read(settings.calendar());
    List<Profile> judgedBy = profiles(settings);
    Clock clock = Clock.systemUTC();
    LocalDate today = calendars.dateOf(clock.instant());
    LocalDate first = from == null ? today : from;
    LocalDate last = to == null ? today : to;
    if (last.isBefore(first)) {
      throw new Fault("--from " + first + " lies after --to " + last + ".");
    }
    try (Database database = config.database(settings)) {
      Registry registry = new Registry(database);
      Rejudgement again = new Rejudgement(registry, database, clock);
      List<School> schools = schools(registry.snapshot());
      List<Change> changes = again.judge(schools, first, last, new Basis(judgedBy, calendars));
      Recorded.note(
          database,
          "judge",
          school == null ? (region == null ? "" : region) : school,
          Map.of(
              "from", first.toString(),
              "to", last.toString(),
              "profiles", judgedBy.stream().map(Profile::id).toList(),
              "schools", schools.size(),
              "changes", changes.size()));
      changes.forEach(JudgeCommand::print);
      System.out.printf(
          "%d schools judged from %s to %s, %d changes.%n",
          schools.size(), first, last, changes.size());
    }
    return 0;
  }

  private List<Profile> profiles(ServerSettings settings) throws SettingsException {
    Profiles known = Profiles.read(settings.targets());
    List<Profile> chosen = new ArrayList<>();
    for (String id : profile == null ? settings.profiles() : List.of(profile)) {
      Profile found = known.get(id);
      if (found == null) {
        throw new Fault(
            "There is no profile " + id + "; known: " + String.join(", ", known.byId().keySet()));
      }
      chosen.add(found);
    }
    return chosen;
  }

  private static void print(Change change) {
    System.out.printf(
        "%s %s %s: %s -> %s%n",
        change.verdict().to(),
        change.verdict().school(),
        change.verdict().rule(),
        change.before() == null ? "(none)" : change.before().outcome(),
        change.verdict().outcome());
  }

  private List<School> schools(Register register) {
    if (school != null) {
      School found = register.school(school);
      if (found == null) {
        throw new Fault("There is no school " + school + " in the register.");
      }
      return List.of(found);
    }
    if (region != null) {
      if (register.region(region) == null) {
        throw new Fault("There is no region " + region + " in the register.");
      }
      return register.schools(region);
    }
    return register.schools();
  }
}
