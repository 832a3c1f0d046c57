package org.rollcall.collector.evidence;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.DeflaterOutputStream;
import org.jspecify.annotations.Nullable;
import org.rollcall.protocol.AgentKey;
import org.rollcall.protocol.v1.EvidenceRecord;

/**
 * Reads the log's folder, also beside the server that writes it. Any thread; blocks on the disk.
 */
public final class EvidenceFiles {
  /** Looks again when a day was closed between two steps of reading it. */
  private static final int TRIES = 3;

  private final DayFiles files;
  private final AgentKey key;
  private final Clock clock;

  /**
   * @param key signs heads of days that are still going on
   */
  public EvidenceFiles(Path folder, AgentKey key, Clock clock) {
    this.files = new DayFiles(folder);
    this.key = key;
    this.clock = clock;
  }

  /**
   * A day with the parts of the schools asked for.
   *
   * @param schools those of them that sent anything that day, by code
   */
  public record DayPart(SignedHead head, Map<String, SchoolPart> schools) {}

  /**
   * A school's records of a day, with what proves that these are all.
   *
   * @param path from the school's leaf to the head's root
   * @param index of the school's leaf
   * @param packed the records in order, as {@link #unpack} reads them; null where they were left
   *     out or are no longer kept
   */
  @SuppressWarnings("ArrayRecordComponent") // as it lies on the disk; never compared
  public record SchoolPart(
      SchoolRoot root, int index, List<byte[]> path, byte @Nullable [] packed) {}

  /** The folder of the log in a data folder. */
  public static Path folder(Path data) {
    return data.resolve("evidence");
  }

  /** Whether anything is kept. */
  public boolean isEmpty() throws IOException {
    return files.closed().isEmpty() && files.journals().isEmpty();
  }

  /** The heads of closed days, oldest first. */
  public List<SignedHead> heads() throws IOException {
    List<SignedHead> heads = new ArrayList<>();
    for (LocalDate day : files.closed()) {
      heads.add(head(day));
    }
    return heads;
  }

  SignedHead head(LocalDate day) throws IOException {
    return SignedHead.read(
        Files.readAllBytes(files.head(day)), Files.readAllBytes(files.signature(day)));
  }

  /** The newest head of a closed day; null before the first. */
  @Nullable SignedHead newest() throws IOException {
    LocalDate day = files.closed().isEmpty() ? null : files.closed().last();
    return day == null ? null : head(day);
  }

  /**
   * The days of receiving that a question needs.
   *
   * @param from the first day; every head from it to the newest is given
   * @param through until then every day has its records; a later one only where its reports speak
   *     of the span
   * @param begin of the span, milliseconds since 1970
   * @param end exclusive
   */
  public record Question(LocalDate from, LocalDate through, long begin, long end) {
    /** All that is kept. */
    public static final Question ALL =
        new Question(LocalDate.MIN, LocalDate.MAX, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /**
   * What schools sent, by the days it was received. The heads follow one another; the days that are
   * not closed have a head signed now.
   */
  public List<DayPart> parts(Collection<String> schools, Question question) throws IOException {
    for (int tried = 1; ; tried++) {
      try {
        return read(Set.copyOf(schools), question);
      } catch (NoSuchFileException e) {
        if (tried == TRIES) {
          throw e;
        }
      }
    }
  }

  private List<DayPart> read(Set<String> schools, Question question) throws IOException {
    List<DayPart> parts = new ArrayList<>();
    SignedHead before = null;
    for (LocalDate day : files.closed()) {
      before = head(day);
      if (!day.isBefore(question.from())) {
        parts.add(closed(before, schools, question));
      }
    }
    for (LocalDate day : files.journals()) {
      if (before == null || day.isAfter(before.head().day())) {
        DayPart part = open(day, before, schools);
        before = part.head();
        parts.add(part);
      }
    }
    return parts;
  }

  private DayPart closed(SignedHead head, Set<String> schools, Question question)
      throws IOException {
    LocalDate day = head.head().day();
    DayIndex index = DayIndex.read(files.index(day));
    Map<String, byte[]> records = new HashMap<>();
    for (DayIndex.Entry entry : index.schools()) {
      boolean wanted =
          !day.isAfter(question.through())
              || entry.span().touches(question.begin(), question.end());
      if (schools.contains(entry.school()) && wanted && Files.exists(files.records(day))) {
        records.put(entry.school(), records(day, entry));
      }
    }
    return part(head, index, schools, records);
  }

  private static DayPart part(
      SignedHead head, DayIndex index, Set<String> schools, Map<String, byte[]> records) {
    Map<String, SchoolPart> parts = new TreeMap<>();
    List<DayIndex.Entry> entries = index.schools();
    for (int i = 0; i < entries.size(); i++) {
      DayIndex.Entry entry = entries.get(i);
      if (schools.contains(entry.school())) {
        parts.put(
            entry.school(),
            new SchoolPart(
                entry.schoolRoot(),
                i,
                MerkleTree.path(i, index.leaves()),
                records.get(entry.school())));
      }
    }
    return new DayPart(head, parts);
  }

  private byte[] records(LocalDate day, DayIndex.Entry entry) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(entry.length()));
    try (FileChannel channel = FileChannel.open(files.records(day), StandardOpenOption.READ)) {
      channel.position(entry.offset());
      while (bytes.hasRemaining()) {
        if (channel.read(bytes) < 0) {
          throw new IOException("The evidence of " + day + " is cut short: " + files.records(day));
        }
      }
    }
    return bytes.array();
  }

  /** Is given each record, in order. */
  @FunctionalInterface
  public interface Reader {
    void record(EvidenceRecord record) throws IOException;
  }

  /**
   * Reads packed records: each with its length before it (a varint, as protobuf writes messages one
   * after another), all of them deflated (RFC 1950).
   */
  public static void unpack(byte[] packed, Reader reader) throws IOException {
    Journal.unpack(new ByteArrayInputStream(packed), reader);
  }

  /** Packs records one by one. */
  private static final class Packing {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DeflaterOutputStream out = new DeflaterOutputStream(bytes);

    void add(EvidenceRecord record) throws IOException {
      record.writeDelimitedTo(out);
    }

    byte[] close() throws IOException {
      out.close();
      return bytes.toByteArray();
    }
  }

  private DayPart open(LocalDate day, @Nullable SignedHead before, Set<String> asked)
      throws IOException {
    Map<String, DayCloser.Gathered> schools = new TreeMap<>();
    Map<String, Packing> packings = new HashMap<>();
    Journal.read(
        files.journal(day),
        record -> {
          schools.computeIfAbsent(record.getSchool(), DayCloser.Gathered::new).add(record);
          if (asked.contains(record.getSchool())) {
            packings.computeIfAbsent(record.getSchool(), s -> new Packing()).add(record);
          }
        });
    Map<String, byte[]> records = new HashMap<>();
    for (Map.Entry<String, Packing> packing : packings.entrySet()) {
      records.put(packing.getKey(), packing.getValue().close());
    }
    List<DayIndex.Entry> entries = new ArrayList<>();
    schools.values().forEach(gathered -> entries.add(gathered.entry(0, 0)));
    DayIndex index = new DayIndex(entries);
    SignedHead head = new DayCloser(files, key, clock).sign(day, index, before, false);
    return part(head, index, asked, records);
  }
}
