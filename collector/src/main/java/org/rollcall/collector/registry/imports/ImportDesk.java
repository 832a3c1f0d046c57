package org.rollcall.collector.registry.imports;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.audit.Actor;
import org.rollcall.collector.declared.DeclaredValues;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.registry.imports.ImportJob.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files handed in by a page: each is checked first, and written when somebody has seen what it
 * does. One thread does one after the other. The last {@link #KEPT} are kept until the server ends;
 * at most {@link #WAITING} wait. Any thread.
 */
public final class ImportDesk implements AutoCloseable {
  /** The largest file, in bytes; a project default. */
  public static final int LARGEST = 16 << 20;

  static final int KEPT = 20;
  static final int WAITING = 4;
  private static final int LONGEST_NAME = 80;
  private static final long CLOSE_SECONDS = 60;
  private static final Logger log = LoggerFactory.getLogger(ImportDesk.class);

  /** What a file may hold, in the order in which a new register needs them. */
  public static final List<String> KINDS =
      List.of("regions", "schools", "classes", "devices", "lines", "declared");

  private final Path folder;
  private final Registry registry;
  private final DeclaredValues declared;
  private final Clock clock;
  private final SecureRandom random;
  private final ExecutorService thread;
  private final Map<String, Job> jobs = new LinkedHashMap<>();

  /** Why something asked for was not done. */
  public enum Fault {
    TOO_MANY_WAIT,
    NOT_CHECKED,
    REGISTER_CHANGED
  }

  private static final class Job {
    private final String id;
    private final Path file;
    private final String what;
    private final ImportOptions options;
    private final Actor by;
    private final Instant at;
    private State state = State.CHECKING;
    private ImportPreview preview = new ImportPreview();
    private @Nullable ImportResult result;
    private long revision;

    Job(String id, Path file, String what, ImportOptions options, Actor by, Instant at) {
      this.id = id;
      this.file = file;
      this.what = what;
      this.options = options;
      this.by = by;
      this.at = at;
    }

    boolean works() {
      return state == State.CHECKING || state == State.APPLYING;
    }

    ImportJob told() {
      return new ImportJob(
          id,
          what,
          String.valueOf(file.getFileName()),
          by.account(),
          at,
          state,
          options,
          preview.seen(),
          result);
    }
  }

  /**
   * Opens the desk; what an earlier run of the server left is deleted.
   *
   * @param folder for the files; made when missing
   * @throws IOException if it cannot be used
   */
  public static ImportDesk open(
      Path folder, Registry registry, DeclaredValues declared, Clock clock, SecureRandom random)
      throws IOException {
    Files.createDirectories(folder);
    ImportDesk desk = new ImportDesk(folder, registry, declared, clock, random);
    try (Stream<Path> left = Files.list(folder)) {
      left.forEach(ImportDesk::delete);
    }
    return desk;
  }

  private ImportDesk(
      Path folder, Registry registry, DeclaredValues declared, Clock clock, SecureRandom random) {
    this.folder = folder;
    this.registry = registry;
    this.declared = declared;
    this.clock = clock;
    this.random = random;
    this.thread =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread made = new Thread(work, "imports");
              made.setDaemon(true);
              return made;
            });
  }

  /**
   * Takes a file in and begins to check it.
   *
   * @param what one of {@link #KINDS}
   * @param name what it was called; kept without path and odd letters
   * @return its id; empty if too many wait already
   * @throws IOException if it cannot be kept
   */
  public synchronized Optional<String> begin(
      Actor by, String what, String name, byte[] content, ImportOptions options)
      throws IOException {
    if (jobs.values().stream().filter(Job::works).count() >= WAITING) {
      return Optional.empty();
    }
    byte[] bytes = new byte[9];
    random.nextBytes(bytes);
    String id = HexFormat.of().formatHex(bytes);
    Path file = Files.createDirectory(folder.resolve(id)).resolve(plain(name));
    Files.write(file, content);
    Job job = new Job(id, file, what, options.withDryRun(), by, clock.instant());
    jobs.put(id, job);
    forgetOldest();
    thread.execute(() -> check(job));
    return Optional.of(id);
  }

  private static String plain(String name) {
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    String letters = last.replaceAll("[^\\p{L}\\p{N}._-]", "_");
    String cut = letters.substring(Math.max(0, letters.length() - LONGEST_NAME));
    return cut.isBlank() || cut.startsWith(".") ? "file" + cut : cut;
  }

  private void forgetOldest() {
    List<Job> ended = new ArrayList<>(jobs.values().stream().filter(job -> !job.works()).toList());
    while (jobs.size() > KEPT && !ended.isEmpty()) {
      Job oldest = ended.remove(0);
      jobs.remove(oldest.id);
      delete(folder.resolve(oldest.id));
    }
  }

  /** One that was handed in; empty when it is unknown, or no longer kept. */
  public synchronized Optional<ImportJob> find(String id) {
    return Optional.ofNullable(jobs.get(id)).map(Job::told);
  }

  /** Those that are kept, the newest first. */
  public synchronized List<ImportJob> list() {
    List<ImportJob> all = new ArrayList<>();
    jobs.values().forEach(job -> all.add(0, job.told()));
    return all;
  }

  /**
   * Begins to write what was checked. If the register has changed since, it is checked anew
   * instead: what somebody has seen is what is written.
   *
   * @return why it does not; null when it began
   */
  public synchronized @Nullable Fault apply(Actor by, String id) {
    Job job = jobs.get(id);
    if (job == null || job.state != State.CHECKED) {
      return Fault.NOT_CHECKED;
    }
    if (registry.revision() != job.revision) {
      job.state = State.CHECKING;
      thread.execute(() -> check(job));
      return Fault.REGISTER_CHANGED;
    }
    job.state = State.APPLYING;
    thread.execute(() -> write(job, by));
    return null;
  }

  private void check(Job job) {
    ImportPreview preview = new ImportPreview();
    synchronized (this) {
      job.preview = preview;
    }
    // Asked before: a change in between makes it look old, not new.
    long revision = registry.revision();
    synchronized (this) {
      job.revision = revision;
    }
    run(job, new Imports(registry, job.by, preview), job.options, State.CHECKED);
  }

  private void write(Job job, Actor by) {
    ImportPreview preview = new ImportPreview();
    synchronized (this) {
      job.preview = preview;
    }
    ImportOptions dry = job.options;
    ImportOptions options = new ImportOptions(dry.crs(), false, dry.effective(), dry.replace());
    run(job, new Imports(registry, by, preview), options, State.APPLIED);
  }

  private void run(Job job, Imports imports, ImportOptions options, State good) {
    State state;
    ImportResult result = null;
    try {
      result = imports.file(job.what, job.file, options, declared);
      state = result.ok() ? good : State.REFUSED;
    } catch (RuntimeException e) {
      state = State.FAILED;
      log.atError().addKeyValue("what", job.what).setCause(e).log("An import failed");
    }
    synchronized (this) {
      job.state = state;
      job.result = result;
    }
  }

  private static void delete(Path left) {
    try (Stream<Path> all = Files.walk(left)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The folder " + left + " cannot be deleted.", e);
    }
  }

  /** Ends after the file that is in work. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        log.atWarn().log("An import did not end; what it began is taken back");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
