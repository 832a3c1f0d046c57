package org.rollcall.agent.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.spool.Released.Range;
import org.rollcall.protocol.ReportChain;
import org.rollcall.protocol.v1.Gap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link Spool} in segment files, {@code <first position>.segment}, beside a {@code state} file,
 * a {@code reserve} for it on a full disk, and a {@code lock}. A report is in the file, and so safe
 * against the process's death, when {@link #append} returns; it is safe against a power cut, and
 * only then readable, after the next sync. Nothing that was ever sent can therefore be forgotten,
 * and no number used twice.
 *
 * <p>A segment is deleted when all of it is released. At the cap the oldest goes, released or not.
 */
public final class DiskSpool implements Spool {
  private static final Logger LOG = LoggerFactory.getLogger(DiskSpool.class);
  private static final long MIN_SEGMENT_BYTES = 128 * 1024;
  private static final long MAX_SEGMENT_BYTES = 4 * 1024 * 1024;
  private static final int SEGMENTS_AT_CAP = 16;

  private final Path folder;
  private final SpoolSettings settings;
  private final InstantSource clock;
  private final long segmentBytes;
  private final DiskNotices notices;
  private final Reserve reserve;

  private NavigableMap<Long, Segment> segments = new TreeMap<>();
  private Released released = new Released();
  private Gaps gaps = new Gaps();
  private @Nullable FileChannel lock;
  private @Nullable Segment active;
  private @Nullable FileChannel activeChannel;
  private @Nullable SegmentReader reader;
  private long readerSegment;
  private long readerNext;
  private long epoch;
  private long seqBase;
  private long nextPosition;
  private byte[] lastSha256 = new byte[0];
  private long synced;
  private boolean unsynced;
  private boolean stateChanged;
  private long lastSyncMillis;
  private long lost;

  /** The latest time that reports of deleted segments speak of. */
  private long goneMillis = Long.MIN_VALUE;

  private volatile Runnable listener = () -> {};

  /**
   * @param folder its own; made when it is not there
   */
  public DiskSpool(Path folder, SpoolSettings settings, InstantSource clock) {
    this(
        folder,
        settings,
        clock,
        Math.max(
            MIN_SEGMENT_BYTES,
            Math.min(MAX_SEGMENT_BYTES, settings.maxSize().bytes() / SEGMENTS_AT_CAP)));
  }

  DiskSpool(Path folder, SpoolSettings settings, InstantSource clock, long segmentBytes) {
    this.folder = folder;
    this.settings = settings;
    this.clock = clock;
    this.segmentBytes = segmentBytes;
    this.notices = new DiskNotices(folder, clock);
    this.reserve = new Reserve(folder);
  }

  @Override
  public synchronized void start() {
    try {
      Files.createDirectories(folder);
      takeLock();
      Recovery.Found found = new Recovery(folder, clock).run();
      segments = found.segments();
      released = found.released();
      gaps = found.gaps();
      active = found.newest();
      epoch = found.head().epoch();
      lastSha256 = found.head().lastSha256();
      seqBase = found.seqBase();
      nextPosition = found.nextPosition();
      synced = nextPosition - 1;
      lost = found.lost();
      stateChanged = true;
    } catch (IOException e) {
      closeFiles();
      throw new SpoolException(
          "The spool folder "
              + folder
              + " cannot be used ("
              + e
              + "): check that it can be written to, or set another data folder.",
          e);
    }
    syncFiles();
  }

  @Override
  public synchronized SpoolHead head() {
    return new SpoolHead(epoch, nextPosition - 1 - seqBase, lastSha256);
  }

  @Override
  public boolean append(byte[] report, long seq, long fromMillis, long toMillis) {
    boolean kept;
    boolean readable;
    synchronized (this) {
      long position = nextPosition;
      if (lock == null || seq != position - seqBase) {
        throw new IllegalStateException("BUG: report " + seq + " is not the next, or not open");
      }
      if (report.length == 0 || report.length > Frame.MAX_PAYLOAD) {
        throw new IllegalStateException("BUG: a report of " + report.length + " bytes");
      }
      kept = write(report, position, fromMillis, toMillis);
      nextPosition++;
      lastSha256 = ReportChain.sha256(report);
      if (!kept) {
        lose(position, position, fromMillis, toMillis, Gaps.DISK_ERROR);
        // At once: nothing else would tell of it if the process died now.
        syncFiles();
      }
      long sinceSync = clock.millis() - lastSyncMillis;
      readable = (sinceSync < 0 || sinceSync >= settings.sync().toMillis()) && syncFiles();
    }
    if (readable) {
      listener.run();
    }
    return kept;
  }

  @Override
  public synchronized List<SpooledReport> read(long fromPosition, int maxReports, int maxBytes) {
    List<SpooledReport> reports = new ArrayList<>();
    try {
      int bytes = 0;
      long at = released.firstMissingFrom(Math.max(1, fromPosition));
      while (lock != null && reports.size() < maxReports && at <= synced) {
        Frame frame = frameFrom(at);
        if (frame == null || frame.position() > synced) {
          break;
        }
        SegmentReader from = openReader();
        if (!released.contains(frame.position())) {
          bytes += frame.length();
          if (bytes > maxBytes && !reports.isEmpty()) {
            from.back(frame);
            readerNext = frame.position();
            break;
          }
          reports.add(new SpooledReport(frame.position(), from.payload(frame)));
        }
        at = released.firstMissingFrom(frame.position() + 1);
      }
    } catch (IOException e) {
      closeReader();
      notices.notRead(e);
    }
    return reports;
  }

  @Override
  public synchronized void release(long position) {
    if (position > 0 && position < nextPosition && !released.contains(position)) {
      released.add(position, position);
      stateChanged = true;
    }
  }

  @Override
  public synchronized void refuse(long position, long nowMillis, long aheadMillis) {
    if (position <= 0 || position >= nextPosition || released.contains(position)) {
      return;
    }
    RefusedReport report = RefusedReport.UNREADABLE;
    try {
      Frame frame = frameFrom(position);
      if (frame != null && frame.position() == position) {
        report = RefusedReport.of(frame, openReader().payload(frame));
      }
    } catch (IOException e) {
      closeReader();
      notices.notRead(e);
    }
    if (!released.contains(position)) {
      Collection<Segment> before = segments.headMap(position, true).values();
      RefusedTime time = RefusedTime.of(report.frame(), before, goneMillis, nowMillis, aheadMillis);
      report.gaps(nowMillis, aheadMillis).forEach(gaps::add);
      lose(position, position, time.fromMillis(), time.toMillis(), Gaps.REFUSED);
    }
  }

  @Override
  public synchronized List<Gap> gaps() {
    return gaps.all();
  }

  @Override
  public synchronized void carried(List<Gap> carried) {
    if (!carried.isEmpty()) {
      gaps.remove(carried);
      stateChanged = true;
    }
  }

  @Override
  public void sync() {
    boolean readable;
    synchronized (this) {
      readable = lock != null && syncFiles();
    }
    if (readable) {
      listener.run();
    }
  }

  @Override
  public void onReadable(Runnable readable) {
    listener = readable;
  }

  @Override
  public synchronized SpoolFigures figures() {
    long bytes = 0;
    for (Segment segment : segments.values()) {
      bytes += segment.end;
    }
    long reports = 0;
    for (Range range : released.missing(1, nextPosition - 1)) {
      reports += range.size();
    }
    return new SpoolFigures(
        bytes, reports, nextPosition - 1, lost, gaps.all().size(), notices.problem());
  }

  @Override
  public synchronized void close() {
    if (lock != null) {
      syncFiles();
      closeFiles();
    }
  }

  private void takeLock() throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock held;
    try {
      held = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      held = null;
    }
    if (held == null) {
      channel.close();
      throw new SpoolException(
          "The spool folder "
              + folder
              + " is in use by another agent: stop that one, or give this one its own data folder.");
    }
    lock = channel;
  }

  /** Writes the frame; false when the disk refuses, and then nothing of it stays. */
  private boolean write(byte[] report, long position, long fromMillis, long toMillis) {
    ByteBuffer frame = Frame.encode(report, position, fromMillis, toMillis);
    IOException fault = put(frame, position, fromMillis, toMillis);
    if (fault != null && deleteReleased()) {
      fault = put(frame.rewind(), position, fromMillis, toMillis);
    }
    notices.written(fault);
    return fault == null;
  }

  /** Null when it is written. */
  private @Nullable IOException put(ByteBuffer frame, long position, long from, long to) {
    int length = frame.remaining() - Frame.HEADER_BYTES;
    try {
      FileChannel channel = channelFor(frame.remaining(), position);
      Segment segment = activeSegment();
      SegmentHeader.writeFully(channel, frame, segment.end);
      segment.holds(new Frame(segment.end, length, position, from, to));
      unsynced = true;
      return null;
    } catch (IOException e) {
      cutBack();
      return e;
    }
  }

  /**
   * Makes room on a full disk of what nobody waits for, the segment at the end included, which may
   * otherwise take the last of the disk for ever. True when there was any.
   */
  private boolean deleteReleased() {
    int before = segments.size();
    Segment last = active;
    if (last != null && last.lastPosition >= last.firstPosition && isReleased(last)) {
      closeActive();
    }
    stateChanged = true;
    try {
      tidy();
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("No room even for the spool's state");
    }
    return segments.size() < before;
  }

  private boolean isReleased(Segment segment) {
    return released.missing(segment.firstPosition, segment.lastPosition).isEmpty();
  }

  private Segment activeSegment() {
    if (active == null) {
      throw new IllegalStateException("BUG: no segment to append to");
    }
    return active;
  }

  private FileChannel channelFor(int bytes, long position) throws IOException {
    if (active != null && active.end + bytes > segmentBytes && active.end > SegmentHeader.BYTES) {
      syncActive();
      closeActive();
    }
    if (active != null && activeChannel == null) {
      openAgain(active);
    }
    if (active == null) {
      makeRoom();
      begin(position);
    }
    if (activeChannel == null) {
      throw new IllegalStateException("BUG: no channel to append to");
    }
    return activeChannel;
  }

  /** A disk that was mended may hold less of the segment than it took; then another one begins. */
  private void openAgain(Segment segment) throws IOException {
    // It reads the file that was, which may live on where nobody finds it.
    closeReader();
    try {
      activeChannel = FileChannel.open(segment.file, StandardOpenOption.WRITE);
    } catch (NoSuchFileException e) {
      closeActive();
      return;
    }
    if (activeChannel.size() != segment.end) {
      closeActive();
    }
  }

  private void begin(long position) throws IOException {
    SegmentHeader header = new SegmentHeader(epoch, position, seqBase, lastSha256);
    Path file = Segment.fileFor(folder, position);
    activeChannel = header.begin(file);
    active = new Segment(file, position, seqBase);
    segments.put(position, active);
  }

  /** Lets the oldest segments go until another one fits under the cap. */
  private void makeRoom() throws IOException {
    while (!segments.isEmpty() && figures().bytes() + segmentBytes > settings.maxSize().bytes()) {
      Segment oldest = segments.firstEntry().getValue();
      // First the file: what a disk that takes nothing still holds is not given up for nothing.
      delete(oldest);
      for (Range range : released.missing(oldest.firstPosition, oldest.lastPosition)) {
        lose(range.first(), range.last(), oldest.fromMillis, oldest.toMillis, Gaps.SPOOL_FULL);
        LOG.atWarn()
            .addKeyValue("folder", folder)
            .addKeyValue("maxSize", settings.maxSize())
            .addKeyValue("reports", range.size())
            .log("Spool is full: its oldest reports are dropped and recorded as a gap");
      }
    }
  }

  private void lose(long first, long last, long fromMillis, long toMillis, String reason) {
    boolean numbered = first > seqBase;
    gaps.add(
        Gap.newBuilder()
            .setFromMillis(fromMillis)
            .setToMillis(toMillis)
            .setFromSeq(numbered ? first - seqBase : 0)
            .setToSeq(numbered ? last - seqBase : 0)
            .setReason(reason)
            .build());
    released.add(first, last);
    lost += last - first + 1;
    stateChanged = true;
  }

  /** After a write that failed half-way: what follows must not stand behind half a frame. */
  private void cutBack() {
    if (active == null || activeChannel == null) {
      return;
    }
    try {
      activeChannel.truncate(active.end);
      syncActive();
      // A channel of a disk that was taken away stays dead when the disk comes back.
      activeChannel.close();
      activeChannel = null;
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("The segment cannot be cut back; another one begins");
      closeActive();
    }
  }

  /** What could not be made safe is given up: sent now, its numbers could come again. */
  private void syncActive() throws IOException {
    try {
      if (unsynced && activeChannel != null) {
        activeChannel.force(false);
      }
    } catch (IOException e) {
      Segment unsafe = activeSegment();
      for (Range range : released.missing(synced + 1, nextPosition - 1)) {
        lose(range.first(), range.last(), unsafe.fromMillis, unsafe.toMillis, Gaps.DISK_ERROR);
      }
      closeActive();
      throw e;
    } finally {
      unsynced = false;
    }
  }

  /** True when reports became readable. */
  private boolean syncFiles() {
    long before = synced;
    try {
      syncActive();
      synced = nextPosition - 1;
      stateChanged |= synced > before;
      lastSyncMillis = clock.millis();
      tidy();
      notices.madeSafe(null);
    } catch (IOException e) {
      notices.madeSafe(e);
    }
    return synced > before;
  }

  /** Deletes what nobody waits for, and writes down what is released. */
  private void tidy() throws IOException {
    if (!stateChanged) {
      return;
    }
    List<Segment> done = new ArrayList<>();
    for (Segment segment : segments.values()) {
      if (segment != active && isReleased(segment)) {
        done.add(segment);
      }
    }
    SpoolState state = new SpoolState(synced, epoch, released.ranges(), gaps.all());
    write(state, done);
    reserve.take();
    stateChanged = false;
    for (Segment segment : done) {
      delete(segment);
    }
  }

  private void write(SpoolState state, List<Segment> done) throws IOException {
    try {
      state.write(folder.resolve(Recovery.STATE_FILE));
    } catch (IOException e) {
      // A full disk: deleting makes the room that writing down needs.
      if (done.isEmpty()) {
        reserve.give();
      } else {
        delete(done.remove(0));
      }
      state.write(folder.resolve(Recovery.STATE_FILE));
    }
  }

  private void delete(Segment segment) throws IOException {
    if (reader != null && readerSegment == segment.firstPosition) {
      closeReader();
    }
    Files.deleteIfExists(segment.file);
    segments.remove(segment.firstPosition);
    goneMillis = Math.max(goneMillis, segment.latestUntil(clock.millis()));
  }

  /** The first frame at or after a position, or null; what is found missing on the way is a gap. */
  private @Nullable Frame frameFrom(long position) throws IOException {
    long at = position;
    Map.Entry<Long, Segment> entry = segments.floorEntry(at);
    entry = entry == null ? segments.ceilingEntry(at) : entry;
    while (entry != null) {
      Segment segment = entry.getValue();
      long last = Math.min(segment.lastPosition, synced);
      Frame frame = at > last ? null : seek(segment, at);
      if (frame != null) {
        loseUnreadable(segment, at, frame.position() - 1);
        return frame;
      }
      loseUnreadable(segment, at, last);
      at = Math.max(at, last + 1);
      entry = segments.higherEntry(segment.firstPosition);
    }
    return null;
  }

  private void loseUnreadable(Segment segment, long first, long last) {
    for (Range range : released.missing(Math.max(first, segment.firstPosition), last)) {
      LOG.atWarn()
          .addKeyValue("file", segment.file)
          .addKeyValue("reports", range.size())
          .log("Spool is damaged: reports cannot be read back and are recorded as a gap");
      lose(range.first(), range.last(), segment.fromMillis, segment.toMillis, Gaps.SPOOL_DAMAGED);
    }
  }

  private @Nullable Frame seek(Segment segment, long position) throws IOException {
    try {
      if (reader == null || readerSegment != segment.firstPosition || readerNext > position) {
        closeReader();
        reader = new SegmentReader(segment.file);
        readerSegment = segment.firstPosition;
      }
      SegmentReader from = reader;
      for (Frame frame = from.next(segment.end); frame != null; frame = from.next(segment.end)) {
        readerNext = frame.position() + 1;
        if (frame.position() >= position) {
          return frame;
        }
      }
      return null;
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private SegmentReader openReader() {
    if (reader == null) {
      throw new IllegalStateException("BUG: a frame without a reader");
    }
    return reader;
  }

  private void closeReader() {
    closeQuietly(reader);
    reader = null;
    readerNext = 0;
  }

  private void closeActive() {
    closeQuietly(activeChannel);
    activeChannel = null;
    active = null;
  }

  private void closeFiles() {
    closeReader();
    closeActive();
    closeQuietly(lock);
    lock = null;
  }

  private static void closeQuietly(@Nullable AutoCloseable file) {
    try {
      if (file != null) {
        file.close();
      }
    } catch (Exception e) {
      LOG.atDebug().setCause(e).log("A spool file did not close");
    }
  }
}
