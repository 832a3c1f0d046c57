package org.rollcall.collector.registry.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.rollcall.collector.registry.Registry;

/** The tables of {@code config/examples} and small ones made of rows. */
final class Examples {
  static final Path FOLDER =
      Path.of(System.getProperty("rollcall.root")).resolve("config/examples");

  static final String SCHOOL_HEADER =
      "code,name,name_en,region,stage,tier,ownership,setting,students,teachers,classes,lon,lat,"
          + "medium,isp,contract_mbps,edu_network";

  private final Path folder;
  private int files;

  Examples(Path folder) {
    this.folder = folder;
  }

  /** All tables of the register, which must be good. */
  void importInto(Registry registry) {
    Imports imports = new Imports(registry);
    for (ImportResult result :
        List.of(
            imports.regions(FOLDER.resolve("regions.csv"), ImportOptions.DEFAULT),
            imports.schools(FOLDER.resolve("schools.csv"), ImportOptions.DEFAULT),
            imports.classes(FOLDER.resolve("classes.csv"), ImportOptions.DEFAULT),
            imports.devices(FOLDER.resolve("devices.csv"), ImportOptions.DEFAULT),
            imports.lines(FOLDER.resolve("lines.csv"), ImportOptions.DEFAULT))) {
      assertThat(result.problems()).isEmpty();
    }
  }

  /** A good row of schools.csv. */
  static List<String> school(String code, String region) {
    return List.of(
        code,
        "示例小学",
        "Example Primary",
        region,
        "primary",
        "A",
        "public",
        "urban",
        "900",
        "50",
        "20",
        "114.2469",
        "22.7210",
        "fibre",
        "电信",
        "100",
        "yes");
  }

  /** The row with one cell changed. */
  static List<String> with(List<String> row, String column, String value) {
    List<String> changed = new ArrayList<>(row);
    changed.set(List.of(SCHOOL_HEADER.split(",")).indexOf(column), value);
    return changed;
  }

  Path schools(List<List<String>> rows) throws IOException {
    String text =
        rows.stream()
            .map(row -> String.join(",", row))
            .collect(Collectors.joining("\n", SCHOOL_HEADER + "\n", "\n"));
    return file(text.getBytes(StandardCharsets.UTF_8));
  }

  Path text(String text) throws IOException {
    return file(text.getBytes(StandardCharsets.UTF_8));
  }

  Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("table-" + files++), bytes);
  }
}
