package org.rollcall.collector.rollup;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.judge.Reason;
import org.rollcall.collector.judge.Verdict;
import org.rollcall.collector.judge.Verdict.Evidence;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.profile.Indicator;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.profile.Rule;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.Region.Level;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.registry.School.Ownership;
import org.rollcall.collector.registry.School.Setting;
import org.rollcall.collector.registry.School.Stage;
import org.rollcall.collector.registry.School.Tier;
import org.rollcall.config.SettingsException;

/** A province drawn at random: regions, schools and verdicts; the same seed draws the same one. */
final class District {
  static final LocalDate DATE = LocalDate.of(2026, 11, 20);
  static final Profile PROFILE = profile();

  /** As often as they are named. */
  private static final List<Outcome> OUTCOMES =
      List.of(
          Outcome.MET,
          Outcome.MET,
          Outcome.MET,
          Outcome.NOT_MET,
          Outcome.INSUFFICIENT_DATA,
          Outcome.NO_RULE);

  final List<Region> regions = new ArrayList<>();
  final List<School> schools = new ArrayList<>();
  final Map<String, List<Verdict>> verdicts = new LinkedHashMap<>();

  private final Random random;

  private District(long seed) {
    random = new Random(seed);
  }

  private static Profile profile() {
    try {
      return Profile.read(
          Path.of(System.getProperty("rollcall.root"), "config", "targets", "GD-2010-18.yaml"));
    } catch (SettingsException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One province of {@code cities} × 3 counties × 4 townships. */
  static District drawn(long seed, int cities, int schools) {
    District district = new District(seed);
    district.drawRegions(cities);
    List<Region> homes =
        district.regions.stream().filter(r -> r.level() != Level.PROVINCE).toList();
    for (int i = 0; i < schools; i++) {
      district.drawSchool(
          String.format(Locale.ROOT, "21%08d", i),
          homes.get(district.random.nextInt(homes.size())).code());
    }
    return district;
  }

  private void drawRegions(int cities) {
    regions.add(region("440000", Level.PROVINCE, null));
    for (int c = 1; c <= cities; c++) {
      String city = String.format(Locale.ROOT, "44%02d00", c);
      regions.add(region(city, Level.CITY, "440000"));
      for (int k = 1; k <= 3; k++) {
        String county = String.format(Locale.ROOT, "44%02d%02d", c, k);
        regions.add(region(county, Level.COUNTY, city));
        for (int t = 1; t <= 4; t++) {
          regions.add(region(county + "00" + t, Level.TOWNSHIP, county));
        }
      }
    }
  }

  private void drawSchool(String code, String region) {
    Tier tier = any(Tier.values());
    School school =
        school(
            code,
            region,
            any(Stage.values()),
            tier,
            any(Ownership.values()),
            any(Setting.values()));
    schools.add(school);
    if (random.nextInt(20) == 0) {
      return;
    }
    List<Verdict> own = new ArrayList<>();
    for (Rule rule : PROFILE.rules()) {
      Outcome outcome =
          rule.speaksOf(school)
              ? OUTCOMES.get(random.nextInt(OUTCOMES.size()))
              : Outcome.NOT_APPLICABLE;
      boolean classes = rule.indicator() == Indicator.CLASS_PLATFORM;
      int of = 1 + random.nextInt(97);
      int have = random.nextInt(of + 1);
      own.add(verdict(code, rule.id(), outcome, classes ? percentDown(have, of) : null, of));
    }
    verdicts.put(code, own);
  }

  private <T> T any(T[] values) {
    return values[random.nextInt(values.length)];
  }

  List<Verdict> of(String school) {
    return verdicts.getOrDefault(school, List.of());
  }

  /** 100·n/of, rounded down to hundredths, as the judge writes it. */
  static double percentDown(int n, int of) {
    long hundredths = 10_000L * n / of;
    return Double.parseDouble(
        String.format(Locale.ROOT, "%d.%02d", hundredths / 100, hundredths % 100));
  }

  static Region region(String code, Level level, @Nullable String parent) {
    return new Region(code, "名" + code, "Name " + code, level, parent);
  }

  static School school(
      String code, String region, Stage stage, Tier tier, Ownership ownership, Setting setting) {
    return new School(
        code,
        "某校",
        "A school",
        region,
        stage,
        tier,
        ownership,
        setting,
        900,
        50,
        20,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  static Verdict verdict(
      String school, String rule, Outcome outcome, @Nullable Double value, int samples) {
    return new Verdict(
        school,
        PROFILE.id(),
        rule,
        outcome,
        Evidence.MEASURED,
        false,
        value,
        60.0,
        "%",
        DATE,
        DATE,
        samples,
        List.of(new Reason("x", Map.of())),
        "1",
        "c 1");
  }
}
