package org.rollcall.collector.registry.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rollcall.collector.registry.imports.Examples.school;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.database.OnBothDatabases;
import org.rollcall.collector.database.RegisterHome;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.registry.SchoolClass;

/** Imports of 25,000 rows in a process with a small heap, while this one has the database open. */
@OnBothDatabases
class ImportsIT {
  @Parameter RegisterHome home = RegisterHome.SQLITE;

  private static final int ROWS = 25_000;

  @TempDir Path folder;
  private Database database;
  private Registry registry;

  @BeforeEach
  void open() {
    database = home.open(folder);
    registry = new Registry(database);
    new Examples(folder).importInto(registry);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void importsSchoolsWhileTheServerReadsAndWrites() throws Exception {
    Path file = folder.resolve("schools.csv");
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(Examples.SCHOOL_HEADER + "\n");
      for (int i = 0; i < ROWS; i++) {
        out.write(String.join(",", school("21440%05d".formatted(i), "440307001")) + "\n");
      }
    }
    long before = registry.revision();
    Process process = start("schools", file);
    int written = 0;
    do {
      int number = written++;
      registry.change(
          change ->
              change.putClasses(List.of(new SchoolClass("2144990001", "临时" + number, 1, false))));
      assertThat(registry.snapshot().schools()).hasSizeBetween(12, 12 + ROWS);
    } while (!process.waitFor(100, TimeUnit.MILLISECONDS));
    assertThat(said(process)).contains("Schools: 25000 new, 0 changed, 0 unchanged.");
    assertThat(process.exitValue()).isZero();
    assertThat(registry.snapshot().schools()).hasSize(12 + ROWS);
    assertThat(registry.revision()).isEqualTo(before + written + 1);
  }

  @Test
  void importsDevicesFromAWorkbook() throws Exception {
    Path file = folder.resolve("devices.xlsx");
    try (OutputStream out = Files.newOutputStream(file);
        Workbook workbook = new Workbook(out, "test", "1.0")) {
      Worksheet sheet = workbook.newWorksheet("devices");
      fill(sheet, 0, List.of("school", "space", "kind", "name", "address", "probe"));
      for (int i = 0; i < ROWS; i++) {
        String address = "10.%d.%d.%d".formatted(i >> 16, (i >> 8) & 255, i & 255);
        fill(sheet, i + 1, List.of("2144990002", "机房", "pc", "seat" + i, address, "snmp"));
      }
    }
    Process process = start("devices", file);
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(said(process)).contains("Devices: 25000 new, 0 changed, 0 unchanged.");
    assertThat(registry.inventory("2144990002").rooms().get(0).pcs()).hasSize(ROWS);
  }

  private Process start(String what, Path file) throws IOException {
    String register = home.settings(folder).url();
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx96m",
            "-cp",
            System.getProperty("java.class.path"),
            ImportProcess.class.getName(),
            register == null ? folder.resolve("rollcall.db").toString() : register,
            what,
            file.toString())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("said.txt").toFile())
        .start();
  }

  private String said(Process process) throws IOException {
    assertThat(process.isAlive()).isFalse();
    return Files.readString(folder.resolve("said.txt"), StandardCharsets.UTF_8);
  }

  private static void fill(Worksheet sheet, int row, List<String> values) {
    for (int i = 0; i < values.size(); i++) {
      sheet.value(row, i, values.get(i));
    }
  }
}
