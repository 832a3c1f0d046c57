package org.rollcall.simulator.district;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Writes a district as the files a bureau would import: regions.csv, schools.csv, classes.csv and
 * devices.csv, in UTF-8.
 */
public final class RegisterFiles {
  private static final String[] CARRIERS = {"电信", "联通", "移动", "有线"};

  private RegisterFiles() {}

  /** Writes the four files into a folder that exists. */
  public static void write(District district, List<RegisteredDevice> devices, Path folder)
      throws IOException {
    save(folder.resolve("regions.csv"), "code,name,name_en,level,parent", regions());
    save(
        folder.resolve("schools.csv"),
        "code,name,name_en,region,stage,tier,ownership,setting,students,teachers,classes,lon,lat,"
            + "medium,isp,contract_mbps,edu_network",
        district.schools().stream().map(RegisterFiles::school).toList());
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

  private static List<String> school(SchoolPlan school) {
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
        CARRIERS[Dice.below(school.seed(), 8, CARRIERS.length)],
        String.format(Locale.ROOT, "%.0f", traits.contractMbps()),
        String.valueOf(traits.tier().equals("A")));
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
