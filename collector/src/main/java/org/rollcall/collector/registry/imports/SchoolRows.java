package org.rollcall.collector.registry.imports;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.registry.Crs;
import org.rollcall.collector.registry.Crs.Point;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.registry.School.Stage;
import org.rollcall.collector.registry.School.Tier;

/** Rows of schools.csv. */
final class SchoolRows implements RowReader<School> {
  static final int MAX_NAME = 100;
  private static final int MAX_PUPILS = 50_000;
  private static final int MAX_TEACHERS = 10_000;
  private static final int MAX_CLASSES = 1_000;
  private static final int MAX_CLASS_SIZE = 200;
  private static final int MAX_ROOMS = 1_000;
  private static final int MAX_COMPUTERS = 100_000;
  private static final int FIRST_YEAR = 2000;
  private static final int LAST_YEAR = 2099;
  private static final double MIN_MBPS = 0.1;
  private static final double MAX_MBPS = 1_000_000;

  /** The mainland and its islands, with a margin: degrees east and north. */
  private static final double WEST = 73.0;

  private static final double EAST = 136.0;
  private static final double SOUTH = 3.0;
  private static final double NORTH = 54.0;

  private final Register known;
  private final Crs crs;
  private final boolean regionsUnnamed;
  private final Map<Tier, Integer> suggested = new EnumMap<>(Tier.class);

  /**
   * Reads rows against what the register has.
   *
   * @param regionsUnnamed no region has been imported yet, so that any well-formed code will do
   */
  SchoolRows(Register known, Crs crs, boolean regionsUnnamed) {
    this.known = known;
    this.crs = crs;
    this.regionsUnnamed = regionsUnnamed;
  }

  /** How many schools got their tier from the rules, by tier. */
  Map<Tier, Integer> suggested() {
    return suggested;
  }

  @Override
  public List<String> required() {
    return List.of(
        "code",
        "name",
        "name_en",
        "region",
        "stage",
        "tier",
        "ownership",
        "setting",
        "students",
        "teachers",
        "classes",
        "lon",
        "lat",
        "medium",
        "isp",
        "contract_mbps",
        "edu_network");
  }

  @Override
  public List<String> optional() {
    return List.of(
        "status", "campus_of", "plan_year", "largest_class", "multimedia_rooms", "computers");
  }

  @Override
  public @Nullable School read(TableRow row) {
    String code = Codes.school(row, "code");
    String name = row.requiredText("name", MAX_NAME);
    String nameEn = row.text("name_en", MAX_NAME);
    String region = region(row, code);
    Stage stage = row.requiredWord("stage", Words.STAGE);
    Tier tier = row.word("tier", Words.TIER);
    if (stage == Stage.TEACHING_POINT && tier != null && tier != Tier.C) {
      row.problem("tier", "tier-teaching-point", tier);
    }
    School.Ownership ownership = row.requiredWord("ownership", Words.OWNERSHIP);
    School.Setting setting = row.requiredWord("setting", Words.SETTING);
    int students = row.whole("students", 0, MAX_PUPILS);
    int teachers = row.whole("teachers", 0, MAX_TEACHERS);
    int classes = row.whole("classes", 0, MAX_CLASSES);
    Point place = place(row);
    School.Medium medium = row.word("medium", Words.MEDIUM);
    String isp = row.text("isp", MAX_NAME);
    Double contract = contract(row);
    Boolean eduNetwork = row.yesNo("edu_network");
    School before = known.school(code);
    School.Status status = status(row, before);
    String campusOf = campusOf(row, before);
    Integer planYear =
        row.has("plan_year")
            ? row.wholeOrNull("plan_year", FIRST_YEAR, LAST_YEAR)
            : before == null ? null : before.planYear();
    School.Statistics statistics = statistics(row, before);
    if (!row.good()) {
      return null;
    }
    return new School(
        code,
        name,
        nameEn,
        region,
        stage,
        tier != null ? tier : tier(code, name, region, stage),
        ownership,
        setting,
        students,
        teachers,
        classes,
        place == null ? null : place.lon(),
        place == null ? null : place.lat(),
        medium,
        isp.isEmpty() ? null : isp,
        contract,
        eduNetwork,
        status,
        campusOf,
        planYear,
        statistics);
  }

  /** Of a column that the file does not have, what is known stays: a closed school stays closed. */
  private static School.Status status(TableRow row, @Nullable School before) {
    if (!row.has("status")) {
      return before == null ? School.Status.OPEN : before.status();
    }
    School.Status status = row.word("status", Words.STATUS);
    return status == null ? School.Status.OPEN : status;
  }

  private static @Nullable String campusOf(TableRow row, @Nullable School before) {
    if (!row.has("campus_of")) {
      return before == null ? null : before.campusOf();
    }
    return row.isBlank("campus_of") ? null : Codes.school(row, "campus_of");
  }

  private static School.Statistics statistics(TableRow row, @Nullable School before) {
    School.Statistics known = before == null ? School.Statistics.NONE : before.statistics();
    return new School.Statistics(
        row.has("largest_class")
            ? row.wholeOrNull("largest_class", 0, MAX_CLASS_SIZE)
            : known.largestClass(),
        row.has("multimedia_rooms")
            ? row.wholeOrNull("multimedia_rooms", 0, MAX_ROOMS)
            : known.multimediaRooms(),
        row.has("computers") ? row.wholeOrNull("computers", 0, MAX_COMPUTERS) : known.computers());
  }

  private String region(TableRow row, String code) {
    String region = Codes.region(row, "region");
    if (region.isEmpty()) {
      return region;
    }
    if (!regionsUnnamed && known.region(region) == null) {
      row.problem("region", "region-unknown", region);
    } else if (!code.isEmpty() && !Codes.sameProvince(code, region)) {
      row.problem("code", "code-province", code.substring(2, 4), region.substring(0, 2));
    }
    return region;
  }

  /** What was confirmed before stays; a school that is new gets what the rules suggest. */
  private Tier tier(String code, String name, String region, Stage stage) {
    School before = known.school(code);
    if (before != null) {
      return before.tier();
    }
    Tier tier = suggest(name, region, stage);
    suggested.merge(tier, 1, Integer::sum);
    return tier;
  }

  /**
   * Town-centre schools and above are A: any with junior or senior grades, any in a sub-district
   * (7th digit 0), any called a centre. Teaching points are C, all others B.
   */
  static Tier suggest(String name, String region, Stage stage) {
    return switch (stage) {
      case TEACHING_POINT -> Tier.C;
      case JUNIOR, NINE_YEAR, COMBINED, TWELVE_YEAR, SENIOR -> Tier.A;
      case PRIMARY, SPECIAL -> {
        boolean subDistrict = region.length() == 9 && region.charAt(6) == '0';
        boolean centre = name.contains("中心小学") || name.contains("中心校") || name.contains("学区中心");
        yield subDistrict || centre ? Tier.A : Tier.B;
      }
    };
  }

  /** What a line's contract promises, in 10^6 bit/s; null if the cell is empty. */
  static @Nullable Double contract(TableRow row) {
    Double mbps = row.decimal("contract_mbps");
    if (mbps != null && (mbps < MIN_MBPS || mbps > MAX_MBPS)) {
      row.problem(
          "contract_mbps",
          "out-of-range",
          row.field("contract_mbps").text(),
          MIN_MBPS,
          (int) MAX_MBPS);
    }
    return mbps;
  }

  private @Nullable Point place(TableRow row) {
    Double lon = row.decimal("lon");
    Double lat = row.decimal("lat");
    if (row.isBlank("lon") != row.isBlank("lat")) {
      row.problem(row.isBlank("lon") ? "lon" : "lat", "half-a-place");
    }
    if (lon == null || lat == null) {
      return null;
    }
    if (isInChina(lat, lon)) {
      row.problem("lon", "swapped");
      return null;
    }
    if (!isInChina(lon, lat)) {
      boolean east = lon >= WEST && lon <= EAST;
      row.problem(east ? "lat" : "lon", "outside-china", lon, lat);
      return null;
    }
    return crs.toWgs84(new Point(lon, lat));
  }

  private static boolean isInChina(double lon, double lat) {
    return lon >= WEST && lon <= EAST && lat >= SOUTH && lat <= NORTH;
  }

  @Override
  public String key(School school) {
    return school.code();
  }

  @Override
  public String keyColumn() {
    return "code";
  }
}
