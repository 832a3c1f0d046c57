package org.rollcall.simulator.district;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Writes a district as the files a bureau would import: regions.csv, schools.csv, classes.csv,
 * devices.csv, lines.csv and declared.csv, in UTF-8.
 */
public final class RegisterFiles {
  private static final String[] CARRIERS = {"电信", "联通", "移动", "有线"};

  private RegisterFiles() {}

  /** A district of at least this many schools has one with a second campus. */
  static final int WITH_CAMPUS = 24;

  /** Identifier of that campus. */
  static final String CAMPUS = "0144307901";

  /**
   * Writes the files into a folder that exists.
   *
   * @param asOf the day of which the schools declare what cannot be measured; it must be over
   */
  public static void write(
      District district, List<RegisteredDevice> devices, Path folder, LocalDate asOf)
      throws IOException {
    save(folder.resolve("regions.csv"), "code,name,name_en,level,parent", regions());
    save(
        folder.resolve("schools.csv"),
        "code,name,name_en,region,stage,tier,ownership,setting,students,teachers,classes,lon,lat,"
            + "medium,isp,contract_mbps,edu_network,status,campus_of,plan_year,largest_class,"
            + "multimedia_rooms,computers",
        schools(district, asOf));
    save(
        folder.resolve("lines.csv"),
        "school,line,medium,isp,contract_mbps,edu_network,load_balanced",
        district.schools().stream().map(RegisterFiles::line).toList());
    save(folder.resolve("declared.csv"), DeclaredFile.HEADER, DeclaredFile.rows(district, asOf));
    save(
        folder.resolve("classes.csv"),
        "school,class,grade,platform_declared",
        district.schools().stream().flatMap(school -> classes(school).stream()).toList());
    save(
        folder.resolve("devices.csv"),
        "school,space,kind,name,address,probe",
        devices.stream().map(RegisterFiles::device).toList());
  }

  private static void save(Path file, String header, List<List<String>> rows) throws IOException {
    StringBuilder text = new StringBuilder(header).append('\n');
    for (List<String> row : rows) {
      text.append(String.join(",", row.stream().map(RegisterFiles::quoted).toList())).append('\n');
    }
    Files.writeString(file, text);
  }

  private static String quoted(String cell) {
    boolean plain = cell.indexOf(',') < 0 && cell.indexOf('"') < 0;
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }

  private static List<List<String>> regions() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of(District.ROOT, "龙岗区", "Longgang District", "county", ""));
    for (District.Township township : District.TOWNSHIPS) {
      rows.add(
          List.of(township.code(), township.name(), township.nameEn(), "township", District.ROOT));
    }
    return rows;
  }

  private static List<List<String>> schools(District district, LocalDate asOf) {
    List<List<String>> rows = new ArrayList<>();
    district.schools().forEach(school -> rows.add(school(school, asOf.getYear())));
    if (district.schools().size() >= WITH_CAMPUS) {
      rows.add(campus(withCampus(district)));
    }
    return rows;
  }

  /** The first school in which all else is well but the district's very first; else the last. */
  static SchoolPlan withCampus(District district) {
    List<SchoolPlan> others = district.schools().subList(1, district.schools().size());
    return others.stream()
        .filter(school -> school.scenario() == Scenario.MET_A)
        .findFirst()
        .orElse(others.get(others.size() - 1));
  }

  /** A place of its own with its own line, from which no agent reports yet. */
  private static List<String> campus(SchoolPlan main) {
    return List.of(
        CAMPUS,
        main.name() + "东校区",
        main.nameEn() + " East Campus",
        main.township(),
        main.stage(),
        main.scenario().traits().tier(),
        main.ownership(),
        main.setting(),
        "0",
        "0",
        "0",
        String.format(Locale.ROOT, "%.5f", main.lon() + 0.006),
        String.format(Locale.ROOT, "%.5f", main.lat()),
        "fibre",
        CARRIERS[0],
        "100",
        "true",
        "open",
        main.code(),
        "",
        "",
        "",
        "");
  }

  private static List<String> line(SchoolPlan school) {
    Traits traits = school.scenario().traits();
    return List.of(
        school.code(),
        SchoolPlan.LINK,
        traits.medium(),
        carrier(school),
        contract(school),
        String.valueOf(traits.tier().equals("A")),
        "no");
  }

  private static String carrier(SchoolPlan school) {
    return CARRIERS[Dice.below(school.seed(), 8, CARRIERS.length)];
  }

  private static String contract(SchoolPlan school) {
    return String.format(Locale.ROOT, "%.0f", school.scenario().traits().contractMbps());
  }

  private static List<String> school(SchoolPlan school, int year) {
    Traits traits = school.scenario().traits();
    return List.of(
        school.code(),
        school.name(),
        school.nameEn(),
        school.township(),
        school.stage(),
        traits.tier(),
        school.ownership(),
        school.setting(),
        String.valueOf(school.students()),
        String.valueOf(school.teachers()),
        String.valueOf(school.classes().size()),
        String.format(Locale.ROOT, "%.5f", school.lon()),
        String.format(Locale.ROOT, "%.5f", school.lat()),
        traits.medium(),
        carrier(school),
        contract(school),
        String.valueOf(traits.tier().equals("A")),
        "open",
        "",
        String.valueOf(year + Dice.below(school.seed(), 9, 3)),
        String.valueOf(50 + Dice.below(school.seed(), 10, 5)),
        String.valueOf(school.classes().stream().filter(ClassPlan::declared).count()),
        String.valueOf(school.computers()));
  }

  private static List<List<String>> classes(SchoolPlan school) {
    return school.classes().stream()
        .map(
            plan ->
                List.of(
                    school.code(),
                    plan.name(),
                    String.valueOf(plan.grade()),
                    String.valueOf(plan.declared())))
        .toList();
  }

  private static List<String> device(RegisteredDevice device) {
    return List.of(
        device.school(),
        device.space(),
        device.kind(),
        device.name(),
        device.address(),
        device.probe());
  }
}
