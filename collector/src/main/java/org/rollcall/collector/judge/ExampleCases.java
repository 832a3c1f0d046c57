package org.rollcall.collector.judge;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.rollcall.collector.calendar.CalendarFile;
import org.rollcall.collector.calendar.SchoolCalendar;
import org.rollcall.collector.day.DayRoller;
import org.rollcall.collector.day.SchoolDay;
import org.rollcall.collector.declared.DeclaredIndicator;
import org.rollcall.collector.declared.DeclaredIndicator.Reading;
import org.rollcall.collector.declared.DeclaredValue;
import org.rollcall.collector.judge.ExampleFile.ExampleCase;
import org.rollcall.collector.judge.ExampleFile.ExampleSchool;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.profile.Rule;
import org.rollcall.collector.registry.Device;
import org.rollcall.collector.registry.Inventory;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.registry.SchoolClass;
import org.rollcall.config.Problem;
import org.rollcall.config.SettingsException;
import org.rollcall.config.SettingsReader;

/**
 * Cases by which a profile's authors test it: a school, what it showed, and the verdict each rule
 * must give. They go through the same roll-up and the same judge as real observations, on a Friday
 * in a calendar without holidays. Any thread; no I/O but reading the file.
 */
public final class ExampleCases {
  private static final LocalDate DATE = LocalDate.of(2026, 11, 20);
  private static final String SCHOOL = "EXAMPLE";

  /** Ends a declared value that the bureau has certified. */
  private static final String CERTIFIED = "核定";

  private static final SchoolCalendar CALENDAR = calendar();

  private final Profile profile;
  private final List<ExampleCase> cases;

  /**
   * A rule that said something else than a case expects.
   *
   * @param missing the reason's code that was expected and is not there; empty when the outcome
   *     itself differs
   */
  public record Failure(
      String name, String rule, Outcome expected, Verdict verdict, String missing) {
    /** In one sentence, then the verdict's own. */
    public String text(Locale locale) {
      boolean chinese = locale.getLanguage().equals("zh");
      String got = word(verdict.outcome());
      String said;
      if (missing.isEmpty()) {
        said =
            chinese
                ? "“" + name + "”:" + rule + " 应为 " + word(expected) + ",判为 " + got + "。"
                : "\""
                    + name
                    + "\": "
                    + rule
                    + " should be "
                    + word(expected)
                    + ", got "
                    + got
                    + ".";
      } else {
        said =
            chinese
                ? "“" + name + "”:" + rule + " 判为 " + got + ",但没有理由 " + missing + "。"
                : "\""
                    + name
                    + "\": "
                    + rule
                    + " is "
                    + got
                    + " without the reason "
                    + missing
                    + ".";
      }
      return said + "\n    " + String.join("\n    ", why(locale));
    }

    private List<String> why(Locale locale) {
      ReasonText text = ReasonText.in(locale);
      return verdict.because().stream()
          .map(reason -> reason.code() + ": " + text.text(reason))
          .toList();
    }

    private static String word(Outcome outcome) {
      return outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private ExampleCases(Profile profile, List<ExampleCase> cases) {
    this.profile = profile;
    this.cases = cases;
  }

  /**
   * Reads a profile's cases.
   *
   * @throws SettingsException naming everything that is wrong with the file
   */
  public static ExampleCases read(Path yaml, Profile profile) throws SettingsException {
    ExampleFile file = SettingsReader.read(yaml, ExampleFile.class);
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < file.cases().size(); i++) {
      check("cases[" + i + "]", file.cases().get(i), profile, problems);
    }
    if (!problems.isEmpty()) {
      throw new SettingsException(yaml.toString(), problems);
    }
    return new ExampleCases(profile, file.cases());
  }

  private static void check(
      String at, ExampleCase example, Profile profile, List<Problem> problems) {
    if (example.expect().isEmpty()) {
      problems.add(
          new Problem(at + ".expect", "{}", "it expects nothing", "name a rule and its outcome"));
    }
    Map<String, Object> named = new TreeMap<>(example.expect());
    named.putAll(example.because());
    for (String rule : named.keySet()) {
      if (profile.rule(rule) == null) {
        problems.add(
            new Problem(
                at + ".expect." + rule,
                rule,
                "the profile has no such rule",
                "use one of "
                    + String.join(", ", profile.rules().stream().map(Rule::id).toList())));
      }
    }
    for (String rule : example.because().keySet()) {
      if (!example.expect().containsKey(rule)) {
        problems.add(
            new Problem(
                at + ".because." + rule, rule, "no outcome is expected of it", "name both"));
      }
    }
    Integer seen = example.seen();
    if (example.platforms() > example.classes() || (seen != null && seen > example.classes())) {
      problems.add(
          new Problem(
              at + ".classes",
              String.valueOf(example.classes()),
              "there are more platforms than classes",
              "classes is all of them"));
    }
    example.declared().forEach((id, text) -> declared(at + ".declared." + id, id, text, problems));
    percents(at + ".reach", example.reach(), problems);
    percents(at + ".service", example.service(), problems);
  }

  private static void declared(String at, String id, String text, List<Problem> problems) {
    DeclaredIndicator indicator = DeclaredIndicator.of(id);
    if (indicator == null) {
      problems.add(
          new Problem(at, text, "nobody can declare that", "e.g. standardised-school: yes"));
    } else if (!(indicator.read(amount(text)) instanceof Reading.Good)) {
      problems.add(
          new Problem(
              at,
              text,
              "it is no value of " + id,
              "it is declared as "
                  + indicator.kind().name().toLowerCase(Locale.ROOT).replace('_', '-')));
    }
  }

  private static void percents(String at, Map<String, Integer> shares, List<Problem> problems) {
    shares.forEach(
        (name, percent) -> {
          if (percent < 0 || percent > 100) {
            problems.add(
                new Problem(
                    at + "." + name, percent.toString(), "it is out of range", "use 0 to 100"));
          }
        });
  }

  /** How many cases there are. */
  public int size() {
    return cases.size();
  }

  /** Judges them all; empty when every rule says what it should. */
  public List<Failure> run() {
    List<Failure> failures = new ArrayList<>();
    for (ExampleCase example : cases) {
      Map<String, Verdict> verdicts = new TreeMap<>();
      Judge.judge(input(example)).forEach(verdict -> verdicts.put(verdict.rule(), verdict));
      example
          .expect()
          .forEach(
              (rule, expected) -> {
                Verdict verdict = verdicts.get(rule);
                if (verdict == null) {
                  throw new IllegalStateException("BUG: no verdict of the rule " + rule);
                }
                String code = example.because().getOrDefault(rule, "");
                boolean given =
                    code.isEmpty()
                        || verdict.because().stream().anyMatch(r -> r.code().equals(code));
                if (verdict.outcome() != expected) {
                  failures.add(new Failure(example.name(), rule, expected, verdict, ""));
                } else if (!given) {
                  failures.add(new Failure(example.name(), rule, expected, verdict, code));
                }
              });
    }
    return failures;
  }

  private JudgeInput input(ExampleCase example) {
    LocalDate first = JudgeInput.firstDay(CALENDAR, profile, DATE);
    ExampleObservations seen = new ExampleObservations(CALENDAR, DATE).of(example);
    List<SchoolDay> days =
        new DayRoller(seen, DayRoller.Maintenance.NONE)
            .roll(SCHOOL, first.datesUntil(DATE.plusDays(1)).toList(), CALENDAR);
    return new JudgeInput(
        new Site(school(example), inventory(example), days),
        List.of(),
        declared(example.declared()),
        CALENDAR,
        profile,
        DATE);
  }

  private static Map<DeclaredIndicator, DeclaredValue> declared(Map<String, String> texts) {
    Map<DeclaredIndicator, DeclaredValue> declared = new EnumMap<>(DeclaredIndicator.class);
    texts.forEach(
        (id, text) -> {
          DeclaredIndicator indicator = DeclaredIndicator.of(id);
          if (indicator == null || !(indicator.read(amount(text)) instanceof Reading.Good good)) {
            throw new IllegalStateException("BUG: the example declares " + id + " " + text);
          }
          String certificate = amount(text).equals(text) ? null : CERTIFIED;
          LocalDate asOf = DATE.minusDays(1);
          declared.put(
              indicator,
              new DeclaredValue(SCHOOL, indicator, good.amount(), asOf, "", certificate));
        });
    return declared;
  }

  private static String amount(String text) {
    return text.endsWith(CERTIFIED)
        ? text.substring(0, text.length() - CERTIFIED.length()).strip()
        : text;
  }

  private static School school(ExampleCase example) {
    ExampleSchool school = example.school();
    return new School(
        SCHOOL,
        "示例学校",
        "Example school",
        "440307001",
        school.stage(),
        school.tier(),
        school.ownership(),
        school.setting(),
        school.students(),
        50,
        example.classes(),
        null,
        null,
        school.medium(),
        null,
        school.contractMbps(),
        school.eduNetwork(),
        School.Status.OPEN,
        null,
        null,
        new School.Statistics(school.largestClass(), school.rooms(), school.computers()));
  }

  private static Inventory inventory(ExampleCase example) {
    List<SchoolClass> classes = new ArrayList<>();
    List<Device> devices = new ArrayList<>();
    for (int i = 1; i <= example.classes(); i++) {
      String name = String.format(Locale.ROOT, "%03d", i);
      classes.add(new SchoolClass(SCHOOL, name, 1, i <= example.platforms()));
      if (example.seen() != null) {
        devices.add(new Device(SCHOOL, name, "terminal", "t" + i, "192.0.2.1:" + i, "snmp"));
      }
    }
    return new Inventory(SCHOOL, classes, devices, List.of());
  }

  private static SchoolCalendar calendar() {
    String name = "example-calendar.yaml";
    try (InputStream in = ExampleCases.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("BUG: the jar lacks " + name);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return SchoolCalendar.of(
          name, SettingsReader.read(name, text, Path.of(""), CalendarFile.class));
    } catch (IOException e) {
      throw new UncheckedIOException("The file " + name + " cannot be read from the jar.", e);
    } catch (SettingsException e) {
      throw new IllegalStateException("BUG: the calendar of the examples is bad", e);
    }
  }
}
