package org.rollcall.collector.registry.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.collector.audit.Actor;
import org.rollcall.collector.audit.AuditEntry;
import org.rollcall.collector.audit.AuditLog;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.declared.DeclaredValues;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.registry.imports.ImportJob.State;

/** Files are checked, looked at, and written when somebody says so. */
class ImportDeskTest {
  private static final Actor BY = new Actor("root", "10.0.0.9");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int PROVINCE = 25_000;

  @TempDir Path folder;
  private Database database;
  private Registry registry;
  private ImportDesk desk;

  @BeforeEach
  void open() throws IOException {
    database = Database.open(folder.resolve("register.sqlite"));
    registry = new Registry(database);
    desk = desk();
  }

  private ImportDesk desk() throws IOException {
    return ImportDesk.open(
        folder.resolve("imports"),
        registry,
        new DeclaredValues(database, Clock.systemUTC()),
        Clock.systemUTC(),
        new SecureRandom());
  }

  @AfterEach
  void close() {
    desk.close();
    database.close();
  }

  private static String schools(int count, int students) {
    StringBuilder csv =
        new StringBuilder(
            "code,name,name_en,region,stage,tier,ownership,setting,students,teachers,classes,lon,"
                + "lat,medium,isp,contract_mbps,edu_network\n");
    for (int i = 0; i < count; i++) {
      csv.append(
          "2144%06d,第%d小学,,440307001,primary,B,public,rural,%d,10,6,114.2,22.7,fibre,,100,yes%n"
              .formatted(i, i, students));
    }
    return csv.toString();
  }

  private String begin(String what, String name, String text) throws IOException {
    return desk.begin(BY, what, name, text.getBytes(StandardCharsets.UTF_8), ImportOptions.DEFAULT)
        .orElseThrow();
  }

  private ImportJob job(String id) {
    return desk.find(id).orElseThrow();
  }

  private ImportJob settled(String id) {
    return await()
        .atMost(PATIENCE)
        .until(
            () -> job(id), job -> job.state() != State.CHECKING && job.state() != State.APPLYING);
  }

  @Test
  void aProvinceShowsItsProgressAndItsListsAreBounded() throws IOException {
    String id = begin("schools", "province.csv", schools(PROVINCE, 100));
    List<ImportPreview.Seen> seen = new ArrayList<>();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              ImportJob now = job(id);
              seen.add(now.preview());
              return now.state() == State.CHECKED;
            });
    assertThat(seen.stream().map(ImportPreview.Seen::rows).distinct().count()).isGreaterThan(2);
    assertThat(seen).anyMatch(s -> s.written() > 0 && s.written() < PROVINCE);
    assertThat(job(id).preview().added()).hasSize(ImportPreview.SHOWN);
    assertThat(job(id).result())
        .extracting(r -> r == null ? -1 : r.counts().inserted())
        .isEqualTo(PROVINCE);
    assertThat(registry.snapshot().schools()).as("only looked at").isEmpty();
    assertThat(desk.apply(BY, id)).isNull();
    assertThat(settled(id).state()).isEqualTo(State.APPLIED);
    assertThat(registry.snapshot().schools()).hasSize(PROVINCE);

    ImportJob again = settled(begin("schools", "province.csv", schools(PROVINCE, 101)));
    assertThat(again.preview().changed()).hasSize(ImportPreview.SHOWN);
    assertThat(again.preview().changed().get(0).differences())
        .containsOnlyKeys("students")
        .containsEntry("students", new Difference("100", "101"));
  }

  @Test
  void whatIsAppliedIsWrittenDownByWhoSaidSo() throws IOException {
    String id = begin("schools", "../../etc/a b.csv", schools(2, 100));
    assertThat(settled(id).file()).isEqualTo("a_b.csv");
    assertThat(desk.apply(new Actor("li", "10.0.0.7"), id)).isNull();
    assertThat(settled(id).state()).isEqualTo(State.APPLIED);
    AuditLog.Page told = registry.audit().list(new AuditLog.Filter("li", "import."), 0, 9);
    assertThat(told.entries()).singleElement().extracting(AuditEntry::subject).isEqualTo("a_b.csv");
    assertThat(desk.apply(BY, id)).isEqualTo(ImportDesk.Fault.NOT_CHECKED);
    assertThat(desk.apply(BY, "none")).isEqualTo(ImportDesk.Fault.NOT_CHECKED);
  }

  @Test
  void aRegisterThatChangedIsLookedAtAgain() throws IOException {
    String first = begin("schools", "one.csv", schools(2, 100));
    String second = begin("schools", "two.csv", schools(2, 200));
    settled(first);
    settled(second);
    assertThat(desk.apply(BY, first)).isNull();
    settled(first);
    assertThat(desk.apply(BY, second)).isEqualTo(ImportDesk.Fault.REGISTER_CHANGED);
    assertThat(settled(second).preview().changed()).as("no longer new").hasSize(2);
    assertThat(desk.apply(BY, second)).isNull();
    assertThat(settled(second).state()).isEqualTo(State.APPLIED);
  }

  @Test
  void onlySoManyAreKeptAndNoneOutlivesTheServer() throws IOException {
    for (int i = 0; i < ImportDesk.KEPT + 3; i++) {
      settled(begin("schools", "bad" + i + ".csv", "code\n"));
    }
    assertThat(desk.list()).hasSizeLessThanOrEqualTo(ImportDesk.KEPT);
    assertThat(desk.list().get(0).file()).isEqualTo("bad" + (ImportDesk.KEPT + 2) + ".csv");
    assertThat(desk.list().get(0).state()).isEqualTo(State.REFUSED);
    desk.close();
    desk = desk();
    assertThat(desk.list()).isEmpty();
    try (Stream<Path> left = Files.list(folder.resolve("imports"))) {
      assertThat(left).isEmpty();
    }
  }
}
