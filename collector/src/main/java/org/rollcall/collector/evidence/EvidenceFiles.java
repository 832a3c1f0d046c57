package org.rollcall.collector.evidence;

import java.io.ByteArrayInputStream;
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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
   * A school's records of a day, with what proves that these are all.
   *
   * @param root of the school's tree; null where the school sent nothing that day
   * @param path from the school's leaf to the head's root
   * @param index of the school's leaf
   * @param records in order; empty where they are no longer kept
   */
  public record SchoolPart(
      SignedHead head,
      @Nullable SchoolRoot root,
      int index,
      List<byte[]> path,
      List<EvidenceRecord> records) {}

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
   * What a school sent about a span of time, by the days it was received. Every head from the first
   * of these days to the newest is there, so that their chain can be followed; the days that are
   * not closed have a head signed now. Only days of which the school's records touch the span have
   * records.
   *
   * @param from first day of the span, and of receiving
   * @param begin of the span, milliseconds since 1970
   * @param end exclusive
   */
  public List<SchoolPart> parts(String school, LocalDate from, long begin, long end)
      throws IOException {
    for (int tried = 1; ; tried++) {
      try {
        return read(school, from, begin, end);
      } catch (NoSuchFileException e) {
        if (tried == TRIES) {
          throw e;
        }
      }
    }
  }

  private List<SchoolPart> read(String school, LocalDate from, long begin, long end)
      throws IOException {
    List<SchoolPart> parts = new ArrayList<>();
    SignedHead before = null;
    for (LocalDate day : files.closed()) {
      before = head(day);
      if (!day.isBefore(from)) {
        parts.add(closed(before, school, begin, end));
      }
    }
    for (LocalDate day : files.journals()) {
      if (before == null || day.isAfter(before.head().day())) {
        SchoolPart part = open(day, before, school);
        before = part.head();
        parts.add(part);
      }
    }
    return parts;
  }

  private SchoolPart closed(SignedHead head, String school, long begin, long end)
      throws IOException {
    LocalDate day = head.head().day();
    DayIndex index = DayIndex.read(files.index(day));
    List<DayIndex.Entry> schools = index.schools();
    for (int i = 0; i < schools.size(); i++) {
      DayIndex.Entry entry = schools.get(i);
      if (entry.school().equals(school)) {
        boolean touches = entry.span().touches(begin, end);
        return new SchoolPart(
            head,
            entry.schoolRoot(),
            i,
            MerkleTree.path(i, index.leaves()),
            touches ? records(day, entry) : List.of());
      }
    }
    return new SchoolPart(head, null, -1, List.of(), List.of());
  }

  private List<EvidenceRecord> records(LocalDate day, DayIndex.Entry entry) throws IOException {
    if (!Files.exists(files.records(day))) {
      return List.of();
    }
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(entry.length()));
    try (FileChannel channel = FileChannel.open(files.records(day), StandardOpenOption.READ)) {
      channel.position(entry.offset());
      while (bytes.hasRemaining()) {
        if (channel.read(bytes) < 0) {
          throw new IOException("The evidence of " + day + " is cut short: " + files.records(day));
        }
      }
    }
    List<EvidenceRecord> records = new ArrayList<>();
    Journal.unpack(new ByteArrayInputStream(bytes.array()), records::add);
    return records;
  }

  private SchoolPart open(LocalDate day, @Nullable SignedHead before, String school)
      throws IOException {
    Map<String, DayCloser.Gathered> schools = new TreeMap<>();
    List<EvidenceRecord> records = new ArrayList<>();
    Journal.read(
        files.journal(day),
        record -> {
          schools.computeIfAbsent(record.getSchool(), DayCloser.Gathered::new).add(record);
          if (record.getSchool().equals(school)) {
            records.add(record);
          }
        });
    List<DayIndex.Entry> entries = new ArrayList<>();
    schools.values().forEach(gathered -> entries.add(gathered.entry(0, 0)));
    DayIndex index = new DayIndex(entries);
    SignedHead head = new DayCloser(files, key, clock).sign(day, index, before, false);
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).school().equals(school)) {
        List<byte[]> path = MerkleTree.path(i, index.leaves());
        return new SchoolPart(head, entries.get(i).schoolRoot(), i, path, records);
      }
    }
    return new SchoolPart(head, null, -1, List.of(), List.of());
  }
}
