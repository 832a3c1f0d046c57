package org.rollcall.agent.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.spool.Released.Range;
import org.rollcall.agent.spool.SegmentReader.Stretch;
import org.rollcall.protocol.ReportChain;
import org.rollcall.protocol.v1.Gap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a spool's folder once, at start, and makes it fit for use whatever happened to it: damaged
 * bytes are copied to {@code damaged/}, a damaged end is cut off, and every report that was there
 * once and is no more becomes a gap. One use, one thread.
 */
final class Recovery {
  static final String STATE_FILE = "state";
  static final String DAMAGED_FOLDER = "damaged";

  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  /**
   * What the spool goes on with.
   *
   * @param seqBase what to take from a position to have its number in the head's epoch
   * @param newest the segment to append to, null when a new one must begin
   */
  record Found(
      NavigableMap<Long, Segment> segments,
      Released released,
      Gaps gaps,
      long nextPosition,
      long seqBase,
      SpoolHead head,
      @Nullable Segment newest,
      long lost) {}

  private record Loss(Range positions, long fromMillis, long toMillis) {}

  private final Path folder;
  private final InstantSource clock;
  private final NavigableMap<Long, Segment> segments = new TreeMap<>();
  private final Released released = new Released();
  private final Gaps gaps = new Gaps();
  private final List<Loss> losses = new ArrayList<>();
  private long expected = 1;
  private long lastMillis;
  private long stateEpoch;
  private @Nullable SegmentHeader lastHeader;
  private byte[] lastSha256 = new byte[0];
  private boolean endDamaged;
  private boolean endBytesLost;

  Recovery(Path folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
  }

  Found run() throws IOException {
    Path stateFile = folder.resolve(STATE_FILE);
    SpoolState state = readState(stateFile);
    NavigableMap<Long, Path> files = segmentFiles();
    if (state != null) {
      stateEpoch = state.epoch();
      state.released().forEach(range -> released.add(range.first(), range.last()));
      state.gaps().forEach(gaps::add);
    } else if (!files.isEmpty()) {
      released.add(1, files.firstKey() - 1);
    }
    long lastWritten = lastWritten(stateFile, files);
    for (Map.Entry<Long, Path> file : files.entrySet()) {
      recover(file.getKey(), file.getValue(), file.getKey().equals(files.lastKey()));
    }
    long known = Math.max(state == null ? 0 : state.head(), released.highest());
    boolean headLost = endDamaged || known >= expected;
    if (known >= expected) {
      lose(expected, known, lastWritten);
      expected = known + 1;
    } else if (endBytesLost) {
      losses.add(new Loss(new Range(expected, expected), lastMillis, lastWritten));
    }
    return found(headLost);
  }

  private Found found(boolean headLost) throws IOException {
    Map.Entry<Long, Segment> last = segments.lastEntry();
    if (headLost || lastHeader == null) {
      if (last != null && last.getValue().lastPosition < last.getValue().firstPosition) {
        Files.delete(last.getValue().file);
        segments.remove(last.getKey());
      }
      long before = Math.max(stateEpoch, lastHeader == null ? 0 : lastHeader.epoch());
      long epoch = Math.max(clock.millis(), before + 1);
      long seqBase = expected - 1;
      return found(seqBase, new SpoolHead(epoch, 0, new byte[0]), null);
    }
    long seqBase = lastHeader.seqBase();
    SpoolHead head = new SpoolHead(lastHeader.epoch(), expected - 1 - seqBase, lastSha256);
    return found(seqBase, head, last == null ? null : last.getValue());
  }

  private Found found(long seqBase, SpoolHead head, @Nullable Segment newest) {
    long lost = 0;
    for (Loss loss : losses) {
      boolean counted = loss.positions().first() < expected;
      boolean numbered = counted && newest != null && loss.positions().first() > seqBase;
      gaps.add(
          Gap.newBuilder()
              .setFromMillis(Math.min(loss.fromMillis(), loss.toMillis()))
              .setToMillis(Math.max(loss.fromMillis(), loss.toMillis()))
              .setFromSeq(numbered ? loss.positions().first() - seqBase : 0)
              .setToSeq(numbered ? loss.positions().last() - seqBase : 0)
              .setReason(Gaps.SPOOL_DAMAGED)
              .build());
      lost += loss.positions().size();
      LOG.atWarn()
          .addKeyValue("folder", folder)
          .addKeyValue("reports", counted ? loss.positions().size() : "unknown")
          .addKeyValue("kept", DAMAGED_FOLDER)
          .log("Spool was damaged; the loss is recorded as a gap and the agent goes on");
    }
    return new Found(segments, released, gaps, expected, seqBase, head, newest, lost);
  }

  private void recover(long firstPosition, Path file, boolean newest) throws IOException {
    try (SegmentReader reader = new SegmentReader(file)) {
      SegmentHeader header = reader.header();
      long size = reader.fileSize();
      Segment segment = new Segment(file, firstPosition, header == null ? -1 : header.seqBase());
      Frame last = null;
      for (Frame frame = reader.next(size); frame != null; frame = reader.next(size)) {
        if (frame.position() >= expected) {
          lose(expected, frame.position() - 1, frame.fromMillis());
          expected = frame.position() + 1;
          lastMillis = frame.toMillis();
        }
        segment.holds(frame);
        last = frame;
        lastSha256 = newest ? ReportChain.sha256(reader.payload(frame)) : lastSha256;
      }
      long wholeUntil = Math.min(reader.wholeUntil(size), size);
      reader.damaged().forEach(stretch -> quarantine(reader, file, stretch));
      if (wholeUntil < size) {
        quarantine(reader, file, new Stretch(wholeUntil, size));
      }
      takeIn(segment, header, last, newest, wholeUntil < size || size < SegmentHeader.BYTES);
    }
  }

  private void takeIn(
      Segment segment,
      @Nullable SegmentHeader header,
      @Nullable Frame last,
      boolean newest,
      boolean cutOff)
      throws IOException {
    if (newest) {
      endDamaged = cutOff || header == null;
      endBytesLost = cutOff && Files.size(segment.file) > 0;
      lastHeader = header == null ? lastHeader : header;
      if (last == null && header != null) {
        lastSha256 = header.previousSha256();
        lose(expected, header.firstPosition() - 1, lastMillis);
        expected = Math.max(expected, header.firstPosition());
      }
    } else if (header != null) {
      lastHeader = header;
    }
    if (last == null && header == null) {
      LOG.atWarn().addKeyValue("file", segment.file).log("Spool segment holds nothing; set aside");
      Files.delete(segment.file);
      return;
    }
    if (newest && cutOff) {
      try (FileChannel channel = FileChannel.open(segment.file, StandardOpenOption.WRITE)) {
        channel.truncate(segment.end);
      }
    }
    segments.put(segment.firstPosition, segment);
  }

  /** Notes as lost what of these positions is not released. {@code untilMillis}: what came next. */
  private void lose(long first, long last, long untilMillis) {
    for (Range range : released.missing(first, last)) {
      losses.add(new Loss(range, lastMillis == 0 ? untilMillis : lastMillis, untilMillis));
    }
    released.add(first, last);
  }

  /** Keeps a copy for whoever wants to look; when there is no room for it, goes on without. */
  private void quarantine(SegmentReader reader, Path file, Stretch stretch) {
    Path copy = folder.resolve(DAMAGED_FOLDER).resolve(file.getFileName() + "." + stretch.from());
    try {
      if (stretch.from() < stretch.to() && !Files.exists(copy)) {
        Files.createDirectories(folder.resolve(DAMAGED_FOLDER));
        Files.write(copy, reader.bytes(stretch));
      }
    } catch (IOException e) {
      LOG.atWarn()
          .addKeyValue("file", copy)
          .addKeyValue("detail", e.toString())
          .log("Damaged bytes of the spool could not be kept");
    }
  }

  private @Nullable SpoolState readState(Path file) throws IOException {
    if (!Files.exists(file)) {
      return null;
    }
    SpoolState state = SpoolState.read(file);
    if (state == null) {
      Path copy = folder.resolve(DAMAGED_FOLDER).resolve(STATE_FILE + "." + clock.millis());
      setAside(file, copy);
      LOG.atWarn()
          .addKeyValue("file", file)
          .addKeyValue("kept", copy)
          .log("Spool state is damaged; everything still in the spool is sent again");
    }
    return state;
  }

  private static void setAside(Path file, Path copy) {
    try {
      Files.createDirectories(copy.toAbsolutePath().getParent());
      Files.move(file, copy, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("file", file).addKeyValue("detail", e).log("File stays in place");
    }
  }

  private NavigableMap<Long, Path> segmentFiles() throws IOException {
    NavigableMap<Long, Path> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.toList()) {
        Long firstPosition = Segment.firstPositionOf(file);
        if (firstPosition != null && firstPosition > 0) {
          files.put(firstPosition, file);
        }
      }
    }
    return files;
  }

  private long lastWritten(Path stateFile, NavigableMap<Long, Path> files) throws IOException {
    Path newest = files.isEmpty() ? stateFile : files.lastEntry().getValue();
    return Files.exists(newest)
        ? Math.min(clock.millis(), Files.getLastModifiedTime(newest).toMillis())
        : clock.millis();
  }
}
