package org.rollcall.collector.evidence;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.jspecify.annotations.Nullable;
import org.rollcall.protocol.AgentKey;
import org.rollcall.protocol.v1.EvidenceRecord;
import org.rollcall.protocol.v1.Report;

/**
 * Turns a day's journal into its records by school, index and signed head. Memory holds one share
 * of the schools at a time. May be broken off at any place and begun again.
 */
final class DayCloser {
  /** What a share of the schools may be, deflated as in the journal. */
  private static final long SHARE_BYTES = 4L << 20;

  private static final int MOST_SHARES = 256;

  private final DayFiles files;
  private final AgentKey key;
  private final Clock clock;

  DayCloser(DayFiles files, AgentKey key, Clock clock) {
    this.files = files;
    this.key = key;
    this.clock = clock;
  }

  /**
   * Closes the day whose journal it is, and takes the journal away.
   *
   * @param before the head before; null for the first
   */
  SignedHead close(LocalDate day, @Nullable SignedHead before) throws IOException {
    DayIndex index = sort(day);
    Path indexFile = part(files.index(day));
    index.write(indexFile);
    sync(indexFile);
    Files.move(indexFile, files.index(day), StandardCopyOption.REPLACE_EXISTING);
    SignedHead head = sign(day, index, before, true);
    put(files.signature(day), head.signature());
    put(files.head(day), head.bytes());
    Files.delete(files.journal(day));
    return head;
  }

  /** The head of what an index holds. */
  SignedHead sign(LocalDate day, DayIndex index, @Nullable SignedHead before, boolean closed) {
    MerkleTree tree = new MerkleTree();
    index.leaves().forEach(tree::add);
    return SignedHead.sign(
        new DayHead(
            day,
            before == null ? 1 : before.head().number() + 1,
            before == null ? "" : before.head().sha256(),
            index.schools().size(),
            index.schools().stream().mapToLong(DayIndex.Entry::records).sum(),
            HexFormat.of().formatHex(tree.root()),
            closed,
            clock.instant(),
            HexFormat.of().formatHex(key.publicKey())),
        key);
  }

  private DayIndex sort(LocalDate day) throws IOException {
    Path journal = files.journal(day);
    int shares = (int) Math.max(1, Math.min(MOST_SHARES, 1 + Files.size(journal) / SHARE_BYTES));
    List<Path> parts = new ArrayList<>();
    Path records = part(files.records(day));
    List<DayIndex.Entry> entries = new ArrayList<>();
    try {
      split(journal, shares, parts);
      try (CountedOutput out = new CountedOutput(Files.newOutputStream(records))) {
        for (Path share : parts) {
          write(share, out, entries);
        }
      }
    } finally {
      for (Path share : parts) {
        Files.deleteIfExists(share);
      }
    }
    sync(records);
    Files.move(records, files.records(day), StandardCopyOption.REPLACE_EXISTING);
    entries.sort(Comparator.comparing(DayIndex.Entry::school));
    return new DayIndex(entries);
  }

  private void split(Path journal, int shares, List<Path> parts) throws IOException {
    List<OutputStream> outs = new ArrayList<>();
    try {
      for (int i = 0; i < shares; i++) {
        Path share = journal.resolveSibling(journal.getFileName() + ".share" + i);
        parts.add(share);
        outs.add(new DeflaterOutputStream(new BufferedOutputStream(Files.newOutputStream(share))));
      }
      Journal.read(
          journal,
          record ->
              record.writeDelimitedTo(
                  outs.get(Math.floorMod(record.getSchool().hashCode(), shares))));
    } finally {
      for (OutputStream out : outs) {
        out.close();
      }
    }
  }

  private static void write(Path share, CountedOutput out, List<DayIndex.Entry> entries)
      throws IOException {
    Map<String, List<EvidenceRecord>> schools = new TreeMap<>();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(share))) {
      Journal.unpack(
          in,
          record ->
              schools.computeIfAbsent(record.getSchool(), s -> new ArrayList<>()).add(record));
    }
    for (Map.Entry<String, List<EvidenceRecord>> school : schools.entrySet()) {
      long offset = out.written();
      Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
      DeflaterOutputStream packed = new DeflaterOutputStream(out, deflater);
      Gathered gathered = new Gathered(school.getKey());
      for (EvidenceRecord record : school.getValue()) {
        record.writeDelimitedTo(packed);
        gathered.add(record);
      }
      packed.finish();
      deflater.end();
      entries.add(gathered.entry(offset, out.written() - offset));
    }
  }

  /** A school's tree and span, grown record by record. */
  static final class Gathered {
    private final String school;
    private final MerkleTree tree = new MerkleTree();
    private EvidenceReports.Span span = EvidenceReports.Span.NONE;

    Gathered(String school) {
      this.school = school;
    }

    void add(EvidenceRecord record) throws IOException {
      tree.add(record.toByteArray());
      Report report = EvidenceReports.of(record);
      if (report != null) {
        span = span.and(EvidenceReports.Span.of(report));
      }
    }

    DayIndex.Entry entry(long offset, long length) {
      SchoolRoot root = SchoolRoot.of(school, tree);
      return new DayIndex.Entry(
          school, root.records(), root.root(), offset, length, span.from(), span.to());
    }
  }

  /** Whole or not at all. */
  private static void put(Path file, byte[] bytes) throws IOException {
    Path part = part(file);
    Files.write(part, bytes);
    sync(part);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Path part(Path file) {
    return file.resolveSibling(file.getFileName() + ".part");
  }

  private static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** Knows how much was written. */
  private static final class CountedOutput extends BufferedOutputStream {
    private long written;

    CountedOutput(OutputStream out) {
      super(out);
    }

    long written() {
      return written;
    }

    @Override
    public synchronized void write(int b) throws IOException {
      super.write(b);
      written++;
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) throws IOException {
      super.write(bytes, from, length);
      written += length;
    }
  }
}
