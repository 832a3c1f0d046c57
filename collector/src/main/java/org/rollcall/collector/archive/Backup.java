package org.rollcall.collector.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.evidence.EvidenceCopy;
import org.rollcall.collector.identity.ServerIdentity;
import org.rollcall.collector.store.ObservationStore;

/**
 * Writes all that a server keeps into a folder, while the server works. First the register at one
 * moment, then the server's keys, the evidence log and the settings, then the observations, day by
 * day, with all that was acknowledged before the beginning; last the manifest. The caller's thread.
 */
public final class Backup {
  static final String REGISTER = "register.sqlite";
  static final String OBSERVATIONS = "observations";
  static final String SETTINGS = "settings";

  private final Database database;
  private final ObservationStore store;
  private final Sources sources;
  private final Clock clock;

  /**
   * Files beside register and observations.
   *
   * @param data the server's data folder, with its keys and the evidence log
   * @param settings server.yaml, as it is written; secrets stay in the files it names
   * @param named files and folders that the settings name, by the folder in the backup that takes
   *     them; what is not there is left out
   */
  public record Sources(Path data, Path settings, Map<String, Path> named) {
    public Sources {
      named = Map.copyOf(named);
    }
  }

  /**
   * @param rows observations
   * @param bytes of all files
   */
  public record Made(Instant time, long rows, int days, long bytes) {}

  public Backup(Database database, ObservationStore store, Sources sources, Clock clock) {
    this.database = database;
    this.store = store;
    this.sources = sources;
    this.clock = clock;
  }

  /**
   * @param folder new or empty; afterwards only its owner may read it
   * @param progress is told a sentence now and then
   * @throws IOException if the folder cannot be used or filled; it then has no manifest
   */
  public Made write(Path folder, Consumer<String> progress) throws IOException {
    claim(folder);
    Instant time = clock.instant();
    database.copyTo(folder.resolve(REGISTER));
    progress.accept("The register is copied");
    copy(ServerIdentity.keyFile(sources.data), folder);
    copy(ServerIdentity.certificateFile(sources.data), folder);
    EvidenceCopy.copy(sources.data, folder);
    progress.accept("The evidence log is copied");
    Path settings = Files.createDirectory(folder.resolve(SETTINGS));
    copy(sources.settings, settings);
    for (Map.Entry<String, Path> named : sources.named.entrySet()) {
      if (Files.exists(named.getValue())) {
        copyAll(named.getValue(), settings.resolve(named.getKey()));
      }
    }
    RowDigest rows = new RowDigest();
    int days = observations(folder, rows, progress);
    Manifest manifest = new Manifest(time, rows.count(), rows.hex(), entries(folder));
    manifest.write(folder);
    long bytes = manifest.files().values().stream().mapToLong(Manifest.Entry::length).sum();
    return new Made(time, rows.count(), days, bytes);
  }

  private static void claim(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> inside = Files.list(folder)) {
      if (inside.findAny().isPresent()) {
        throw new ArchiveFault(folder + " is not empty: name a new or empty folder.");
      }
    }
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
  }

  private int observations(Path folder, RowDigest rows, Consumer<String> progress)
      throws IOException {
    Path observations = Files.createDirectory(folder.resolve(OBSERVATIONS));
    store.settle();
    int days = 0;
    for (LocalDate day : store.days()) {
      RowDigest written = DayFile.write(observations.resolve(day + ".gz"), store, day);
      rows.add(written);
      days++;
      progress.accept(day + ": " + written.count() + " observations");
    }
    return days;
  }

  private static void copy(Path file, Path into) throws IOException {
    Files.copy(file, into.resolve(file.getFileName()));
  }

  private static void copyAll(Path from, Path into) throws IOException {
    if (Files.isRegularFile(from)) {
      Files.createDirectory(into);
      copy(from, into);
      return;
    }
    for (Path file : filesIn(from)) {
      Path target = into.resolve(from.relativize(file).toString());
      Files.createDirectories(target.resolveSibling("."));
      Files.copy(file, target);
    }
  }

  private static NavigableMap<String, Manifest.Entry> entries(Path folder) throws IOException {
    NavigableMap<String, Manifest.Entry> entries = new TreeMap<>();
    for (Path file : filesIn(folder)) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      Manifest.sync(file);
      entries.put(folder.relativize(file).toString().replace('\\', '/'), entry(file));
    }
    return entries;
  }

  static List<Path> filesIn(Path folder) throws IOException {
    try (Stream<Path> inside = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      return inside.filter(Files::isRegularFile).sorted().toList();
    }
  }

  static Manifest.Entry entry(Path file) throws IOException {
    MessageDigest sha256 = RowDigest.sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha256)) {
      long length = in.transferTo(OutputStream.nullOutputStream());
      return new Manifest.Entry(HexFormat.of().formatHex(sha256.digest()), length);
    }
  }
}
