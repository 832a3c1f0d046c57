package org.rollcall.collector.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.database.DatabaseSettings;
import org.rollcall.collector.identity.ServerIdentity;
import org.rollcall.collector.store.MemoryStore;
import org.rollcall.collector.store.ObservationStore;
import org.rollcall.collector.store.ObservationStore.SchoolReport;
import org.rollcall.collector.store.StoreUnavailableException;
import org.rollcall.protocol.v1.Gap;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;

/**
 * A backup is whole or it is none, and every kind of damage is found before anything is written.
 */
class BackupTest {
  private static final Instant T = Instant.parse("2026-03-02T20:00:00Z");
  private static final Clock CLOCK = Clock.fixed(T, ZoneOffset.UTC);
  private static final String DAY = "observations/2026-03-02.gz";

  @TempDir Path folder;
  private Path data;
  private Path backup;
  private Path restored;
  private Database database;
  private final MemoryStore store = new MemoryStore();
  private final List<String> progress = new ArrayList<>();

  @BeforeEach
  void fill() throws IOException {
    data = folder.resolve("data");
    backup = folder.resolve("backup");
    restored = folder.resolve("restored");
    database = Database.open(data.resolve("register.sqlite"));
    ServerIdentity.open(data, List.of("localhost"), CLOCK);
    Files.writeString(folder.resolve("server.yaml"), "data: data\n");
    Files.createDirectories(folder.resolve("targets/more"));
    Files.writeString(folder.resolve("targets/more/T.yaml"), "id: T\n");
    Files.writeString(folder.resolve("calendar.yaml"), "periods: []\n");
    Gap gap =
        Gap.newBuilder()
            .setFromMillis(T.toEpochMilli())
            .setToMillis(T.plusSeconds(60).toEpochMilli())
            .setFromSeq(3)
            .setToSeq(4)
            .setReason("spool-full")
            .build();
    store.write(
        List.of(
            new SchoolReport("s1", report(T).toBuilder().addGaps(gap).build()),
            new SchoolReport("学校", report(T.plusSeconds(86_400)))));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static Report report(Instant t) {
    Observation seen =
        Observation.newBuilder()
            .setSubject("link:wan")
            .setTimeMillis(t.toEpochMilli())
            .putMeasures("up", 1)
            .putMeasures("inBitsPerSecond", 12.5)
            .setReason("rebooted")
            .build();
    return Report.newBuilder().setAgent("a-one").addObservations(seen).build();
  }

  private Backup backup(ObservationStore of) {
    Backup.Sources sources =
        new Backup.Sources(
            data,
            folder.resolve("server.yaml"),
            Map.of(
                "targets", folder.resolve("targets"),
                "calendars", folder.resolve("calendar.yaml"),
                "duty", folder.resolve("no-duty.yaml")));
    return new Backup(database, of, sources, CLOCK);
  }

  private Backup.Made make() throws IOException {
    return backup(store).write(backup, progress::add);
  }

  private void assertDamage(String... said) {
    assertThatThrownBy(
            () ->
                Restore.open(backup)
                    .into(restored, DatabaseSettings.SQLITE, MemoryStore::new, progress::add))
        .isInstanceOf(ArchiveFault.class)
        .hasMessageContainingAll(said);
    assertThat(restored).doesNotExist();
  }

  @Test
  void whatWasBackedUpIsRestored() throws IOException {
    new BackupRequests(database, CLOCK)
        .add(backup, folder.resolve("server.yaml"), BackupRequests.State.RUNNING);
    assertThat(make().rows()).isEqualTo(3);
    MemoryStore fresh = new MemoryStore();
    Restore.Restored done =
        Restore.open(backup).into(restored, DatabaseSettings.SQLITE, () -> fresh, progress::add);
    assertThat(done).isEqualTo(new Restore.Restored(T, 3));
    assertThat(rows(fresh)).isEqualTo(rows(store)).hasSize(3);
    assertThat(ServerIdentity.open(restored, List.of(), CLOCK).spkiSha256())
        .isEqualTo(ServerIdentity.open(data, List.of(), CLOCK).spkiSha256());
    try (Database copy = Database.open(restored.resolve("register.sqlite"))) {
      assertThat(new BackupRequests(copy, CLOCK).find(1)).isPresent();
    }
    assertThatCode(() -> Restore.requireUnbroken(restored)).doesNotThrowAnyException();
  }

  @Test
  void holdsTheSettingsAndIsItsOwnersAlone() throws IOException {
    make();
    assertThat(backup.resolve("settings/server.yaml")).hasContent("data: data");
    assertThat(backup.resolve("settings/targets/more/T.yaml")).hasContent("id: T");
    assertThat(backup.resolve("settings/calendars/calendar.yaml")).hasContent("periods: []");
    assertThat(backup.resolve("settings/duty")).as("a file that is not there").doesNotExist();
    assertThat(mode(backup)).isEqualTo("rwx------");
    assertThat(mode(backup.resolve("server-key.pem"))).isEqualTo("rw-------");
    assertThat(mode(backup.resolve("register.sqlite"))).isEqualTo("rw-------");
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void isNotWrittenOverAnything() throws IOException {
    make();
    assertThatThrownBy(this::make)
        .isInstanceOf(ArchiveFault.class)
        .hasMessageContaining("is not empty");
  }

  @Test
  void aStoreThatFailsOnTheWayLeavesNoWholeBackup() {
    assertThatThrownBy(
            () ->
                backup(store)
                    .write(
                        backup,
                        told -> {
                          if (told.startsWith("2026-03-02")) {
                            throw new StoreUnavailableException("gone");
                          }
                        }))
        .isInstanceOf(StoreUnavailableException.class);
    assertDamage("is no backup, or one that was cut short");
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    make();
    Files.delete(backup.resolve(DAY));
    assertDamage(DAY, "is missing");
  }

  @Test
  void aCutFileIsNamed() throws IOException {
    make();
    byte[] whole = Files.readAllBytes(backup.resolve(DAY));
    Files.write(backup.resolve(DAY), Arrays.copyOf(whole, whole.length - 1));
    assertDamage(DAY, "bytes instead of");
  }

  @Test
  void oneFlippedBitInAnyFileIsNamed() throws IOException {
    make();
    for (Path file : Backup.filesIn(backup)) {
      byte[] whole = Files.readAllBytes(file);
      byte[] damaged = whole.clone();
      damaged[whole.length / 2] ^= 1;
      Files.write(file, damaged);
      assertDamage(file.getFileName().toString());
      Files.write(file, whole);
    }
    assertThatCode(() -> Restore.open(backup)).doesNotThrowAnyException();
  }

  @Test
  void aCutManifestIsNamed() throws IOException {
    make();
    String text = Files.readString(backup.resolve("manifest.txt"));
    for (int length : new int[] {text.length() - 1, text.indexOf("end "), 40}) {
      Files.writeString(backup.resolve("manifest.txt"), text.substring(0, length));
      assertDamage("manifest.txt is damaged");
    }
    Files.writeString(backup.resolve("manifest.txt"), "");
    assertDamage("a format that this version does not know");
  }

  @Test
  void aFormatOfTheFutureIsNamed() throws IOException {
    make();
    rewrite(text -> text.replace("rollcall-backup 1\n", "rollcall-backup 2\n"));
    assertDamage("a format that this version does not know");
  }

  @Test
  void linesInTheWrongOrderAreNamed() throws IOException {
    make();
    rewrite(
        text -> {
          List<String> lines = new ArrayList<>(text.lines().toList());
          lines.add(3, lines.remove(lines.size() - 1));
          return String.join("\n", lines) + "\n";
        });
    assertDamage("out of order or outside the backup");
  }

  @Test
  void aPathThatLeadsOutOfTheBackupIsNamed() throws IOException {
    make();
    rewrite(text -> text.replace(" observations/2026-03-02.gz", " ../2026-03-02.gz"));
    assertDamage("out of order or outside the backup");
  }

  @Test
  void aFileTooManyIsNamed() throws IOException {
    make();
    Files.writeString(backup.resolve("observations/2026-03-05.gz"), "");
    assertDamage("2026-03-05.gz does not belong to this backup");
  }

  @Test
  void aBackupWithoutARegisterIsNamed() throws IOException {
    make();
    Files.delete(backup.resolve("register.sqlite"));
    rewrite(text -> text.replaceAll("file [0-9a-f]+ [0-9]+ register.sqlite\n", ""));
    assertDamage("holds no register.sqlite");
  }

  @Test
  void aFolderThatHoldsAnythingIsNotRestoredInto() throws IOException {
    make();
    assertThatThrownBy(
            () ->
                Restore.open(backup)
                    .into(data, DatabaseSettings.SQLITE, MemoryStore::new, progress::add))
        .isInstanceOf(ArchiveFault.class)
        .hasMessageContaining("is not empty");
  }

  @Test
  void aStoreThatHoldsAnythingIsNotRestoredInto() throws IOException {
    make();
    assertThatThrownBy(
            () ->
                Restore.open(backup)
                    .into(restored, DatabaseSettings.SQLITE, () -> store, progress::add))
        .isInstanceOf(ArchiveFault.class)
        .hasMessageContaining("The observation store is not empty");
  }

  @Test
  void aRestoreCutShortSaysSo() throws IOException {
    make();
    MemoryStore broken = new MemoryStore();
    broken.fail(new StoreUnavailableException("The disk is full."));
    assertThatThrownBy(
            () ->
                Restore.open(backup)
                    .into(restored, DatabaseSettings.SQLITE, () -> broken, progress::add))
        .isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(() -> Restore.requireUnbroken(restored)).hasMessageContaining("cut short");
    assertThatThrownBy(
            () ->
                Restore.open(backup)
                    .into(restored, DatabaseSettings.SQLITE, MemoryStore::new, progress::add))
        .isInstanceOf(ArchiveFault.class)
        .hasMessageContaining("was cut short: empty the folder and restore again");
  }

  /** Changes the manifest's lines and makes its own digest right again. */
  private void rewrite(UnaryOperator<String> change) throws IOException {
    Path file = backup.resolve("manifest.txt");
    String text = Files.readString(file);
    String lines = change.apply(text.substring(0, text.lastIndexOf("end ")));
    MessageDigest sha256 = RowDigest.sha256();
    String end = HexFormat.of().formatHex(sha256.digest(lines.getBytes(StandardCharsets.UTF_8)));
    Files.writeString(file, lines + "end " + end + "\n");
  }

  private static List<String> rows(ObservationStore of) {
    List<String> rows = new ArrayList<>();
    for (String school : List.of("s1", "学校")) {
      of.visit(
          school,
          T.minusSeconds(86_400),
          T.plusSeconds(86_400 * 9),
          (at, row) -> rows.add(at + ' ' + row));
    }
    return rows;
  }
}
