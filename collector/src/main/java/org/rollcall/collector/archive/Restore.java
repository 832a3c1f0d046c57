package org.rollcall.collector.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.database.DatabaseSettings;
import org.rollcall.collector.database.RegisterMove;
import org.rollcall.collector.evidence.EvidenceFiles;
import org.rollcall.collector.evidence.EvidenceKey;
import org.rollcall.collector.identity.ServerIdentity;
import org.rollcall.collector.store.ObservationStore;

/**
 * Makes a server's data folder from a backup. Nothing is written before every file of the backup
 * has been found whole; afterwards all observations are read back and compared. The caller's
 * thread.
 */
public final class Restore {
  /** In a data folder while it is being filled. */
  private static final String MARK = "restore-unfinished";

  private final Path backup;
  private final Manifest manifest;

  /**
   * @param made when the backup was made
   */
  public record Restored(Instant made, long rows) {}

  private Restore(Path backup, Manifest manifest) {
    this.backup = backup;
    this.manifest = manifest;
  }

  /**
   * Reads a whole backup and compares every file with the manifest.
   *
   * @throws ArchiveFault naming the first file that is missing, cut, changed or too many
   */
  public static Restore open(Path backup) throws IOException {
    Manifest manifest = Manifest.read(backup);
    for (Map.Entry<String, Manifest.Entry> each : manifest.files().entrySet()) {
      check(backup.resolve(each.getKey()), each.getValue());
    }
    for (Path file : Backup.filesIn(backup)) {
      String path = backup.relativize(file).toString().replace('\\', '/');
      if (!path.equals(Manifest.FILE) && !manifest.files().containsKey(path)) {
        throw new ArchiveFault(file + " does not belong to this backup.");
      }
    }
    String[] needed = {Backup.REGISTER, keyName(), certificateName()};
    for (String path : needed) {
      if (!manifest.files().containsKey(path)) {
        throw new ArchiveFault(backup + " holds no " + path + ".");
      }
    }
    return new Restore(backup, manifest);
  }

  private static void check(Path file, Manifest.Entry expected) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new ArchiveFault(file + " is missing.");
    }
    if (Files.size(file) != expected.length()) {
      throw new ArchiveFault(
          file + " has " + Files.size(file) + " bytes instead of " + expected.length() + ".");
    }
    if (!Backup.entry(file).sha256().equals(expected.sha256())) {
      throw new ArchiveFault(file + " was changed: its digest is not the one in the manifest.");
    }
  }

  private static String keyName() {
    return ServerIdentity.keyFile(Path.of("")).toString();
  }

  private static String certificateName() {
    return ServerIdentity.certificateFile(Path.of("")).toString();
  }

  /**
   * @param data absent or empty
   * @param register where the register is kept: an empty database, or a file of the data folder
   * @param open opens the store of the observations, empty; it is closed again
   * @throws ArchiveFault if the folder or the store is not empty, or what was written is not what
   *     is read back
   */
  public Restored into(
      Path data,
      DatabaseSettings register,
      Supplier<ObservationStore> open,
      Consumer<String> progress)
      throws IOException {
    requireUnbroken(data);
    Files.createDirectories(data);
    try (Stream<Path> inside = Files.list(data)) {
      if (inside.findAny().isPresent()) {
        throw new ArchiveFault(
            "The data folder " + data + " is not empty: a backup is restored into an empty one.");
      }
    }
    Path mark = Files.createFile(data.resolve(MARK));
    Manifest.sync(data);
    for (String name : new String[] {certificateName(), keyName(), Backup.REGISTER}) {
      Files.copy(backup.resolve(name), data.resolve(name));
      Manifest.sync(data.resolve(name));
    }
    evidence(data);
    if (register.url() != null) {
      carry(data.resolve(Backup.REGISTER), register);
      progress.accept("The register is in " + register);
    }
    try (ObservationStore store = open.get()) {
      observations(store, progress);
    }
    Files.setPosixFilePermissions(
        data.resolve(keyName()), PosixFilePermissions.fromString("rw-------"));
    Files.delete(mark);
    Manifest.sync(data);
    return new Restored(manifest.time(), manifest.rows());
  }

  /** A backup of before there was an evidence log has none. */
  private void evidence(Path data) throws IOException {
    String key = EvidenceKey.file(Path.of("")).toString();
    String folder = EvidenceFiles.folder(Path.of("")) + "/";
    for (String path : manifest.files().keySet()) {
      if (path.equals(key) || path.startsWith(folder)) {
        Path copy = data.resolve(path);
        Files.createDirectories(copy.resolveSibling("."));
        Files.copy(backup.resolve(path), copy);
        Manifest.sync(copy);
      }
    }
  }

  private static void carry(Path file, DatabaseSettings register) throws IOException {
    try (Database from = Database.open(file)) {
      RegisterMove.move(from, register, file, table -> {});
    } catch (RegisterMove.RefusedException e) {
      throw new ArchiveFault(String.valueOf(e.getMessage()), e);
    }
    Database.delete(file);
  }

  private void observations(ObservationStore store, Consumer<String> progress) throws IOException {
    store.settle();
    if (!store.days().isEmpty()) {
      throw new ArchiveFault("The observation store is not empty: restore into an empty one.");
    }
    for (String path : manifest.files().keySet()) {
      if (path.startsWith(Backup.OBSERVATIONS + "/")) {
        requireKept(store, path);
        RowBatch batch = new RowBatch(store::write);
        DayFile.read(backup.resolve(path), batch::add);
        batch.flush();
        progress.accept(path + " is written");
      }
    }
    store.settle();
    RowDigest found = new RowDigest();
    for (LocalDate day : store.days()) {
      for (String school : store.schools(day)) {
        StoreMove.visit(store, school, day, found::add);
      }
    }
    if (found.count() != manifest.rows() || !found.hex().equals(manifest.digest())) {
      throw new ArchiveFault(
          "The store gives back "
              + found.count()
              + " observations, the backup has "
              + manifest.rows()
              + ", or their digests differ: empty the data folder and restore again.");
    }
  }

  private static void requireKept(ObservationStore store, String path) throws ArchiveFault {
    String day = path.substring(Backup.OBSERVATIONS.length() + 1, path.lastIndexOf('.'));
    String fault = StoreMove.tooOld(store, LocalDate.parse(day));
    if (!fault.isEmpty()) {
      throw new ArchiveFault(fault);
    }
  }

  /**
   * Refuses a data folder that a restore left half filled.
   *
   * @throws ArchiveFault saying so
   */
  public static void requireUnbroken(Path data) throws ArchiveFault {
    if (Files.exists(data.resolve(MARK))) {
      throw new ArchiveFault(
          "A restore into " + data + " was cut short: empty the folder and restore again.");
    }
  }
}
