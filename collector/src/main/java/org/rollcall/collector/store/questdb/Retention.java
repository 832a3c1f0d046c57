package org.rollcall.collector.store.questdb;

import io.questdb.cairo.TableToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.store.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drops days that are older than what is kept, whole, one at a time. What was dropped up to is
 * written down before anything goes, in the file {@code kept-since}: a day in UTC.
 *
 * <p>A clock alone drops nothing: a day goes when it is over for longer than {@code keep} and as
 * many later days as {@code keep} has hold observations. A clock that leaps a year ahead costs at
 * most as many days as observations were taken on while it was wrong.
 *
 * <p>{@link #step} is the applier's thread's; the rest is anybody's.
 */
final class Retention {
  static final String FILE = "kept-since";
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

  private final Path directory;
  private final Days days;
  private final Duration keep;
  private @Nullable LocalDate boundary;
  private volatile Instant keptSince = Instant.EPOCH;

  /**
   * @param keep zero: for ever
   */
  Retention(Path directory, Days days, Duration keep) {
    this.directory = directory;
    this.days = days;
    this.keep = keep;
  }

  /**
   * Learns what was dropped before.
   *
   * @throws StoreUnavailableException if the file cannot be read
   */
  void open(Instant now) {
    Path file = directory.resolve(FILE);
    try {
      if (Files.exists(file)) {
        boundary = LocalDate.parse(Files.readString(file).strip());
      }
    } catch (IOException | DateTimeParseException e) {
      throw new StoreUnavailableException(
          "The file "
              + file
              + " does not hold a day (2026-03-02), the first of which all observations are kept."
              + " Write that day into it.",
          e);
    }
    tell(stored(), now);
  }

  /** See {@link org.rollcall.collector.store.ObservationStore#keptSince()}. */
  Instant keptSince() {
    return keptSince;
  }

  /**
   * Drops a day from every table, if one is due.
   *
   * @return whether one was
   */
  boolean step(Instant now) throws IOException {
    if (keep.isZero()) {
      return false;
    }
    NavigableSet<LocalDate> stored = stored();
    LocalDate due = due(stored, now);
    if (due != null) {
      move(due.plusDays(1));
    }
    tell(stored, now);
    LocalDate first = boundary;
    if (first == null || stored.headSet(first).isEmpty()) {
      return false;
    }
    LocalDate oldest = stored.first();
    for (TableToken table : days.tables()) {
      if (days.of(table).stream().anyMatch(each -> each.day().equals(oldest))) {
        days.drop(table, oldest);
      }
    }
    LOG.atInfo().addKeyValue("day", oldest).log("A day is dropped: it is older than store.keep");
    return true;
  }

  private NavigableSet<LocalDate> stored() {
    NavigableSet<LocalDate> stored = new TreeSet<>();
    for (TableToken table : days.tables()) {
      days.of(table).forEach(each -> stored.add(each.day()));
    }
    return stored;
  }

  private @Nullable LocalDate due(NavigableSet<LocalDate> stored, Instant now) {
    if (stored.isEmpty()) {
      return null;
    }
    LocalDate oldest = stored.first();
    boolean old = !Days.end(oldest).isAfter(now.minus(keep));
    boolean enough = stored.size() - 1 >= keep.plusDays(1).minusNanos(1).toDays();
    boolean undone = boundary != null && oldest.isBefore(boundary);
    return old && enough && !undone ? oldest : null;
  }

  private void tell(NavigableSet<LocalDate> stored, Instant now) {
    LocalDate first = boundary;
    if (first != null) {
      keptSince = first.atStartOfDay(ZoneOffset.UTC).toInstant();
    } else if (!keep.isZero() && !stored.isEmpty()) {
      // A store filled from a backup does not know what was dropped before that was made.
      LocalDate allowed = LocalDate.ofInstant(now.minus(keep), ZoneOffset.UTC);
      LocalDate oldest = stored.first();
      LocalDate since = oldest.isBefore(allowed) ? oldest : allowed;
      keptSince = since.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
  }

  /** On the disk before anything is dropped. */
  private void move(LocalDate to) throws IOException {
    Path file = directory.resolve(FILE);
    Path fresh = directory.resolve(FILE + ".new");
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      channel.write(ByteBuffer.wrap((to + "\n").getBytes(StandardCharsets.UTF_8)));
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel folder = FileChannel.open(directory, StandardOpenOption.READ)) {
      folder.force(true);
    }
    boundary = to;
  }
}
