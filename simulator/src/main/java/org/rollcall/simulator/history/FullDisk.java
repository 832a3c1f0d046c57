package org.rollcall.simulator.history;

import java.util.ArrayList;
import java.util.List;
import org.rollcall.agent.spool.Spool;
import org.rollcall.agent.spool.SpoolFigures;
import org.rollcall.agent.spool.SpoolHead;
import org.rollcall.agent.spool.SpooledReport;
import org.rollcall.protocol.v1.Gap;

/**
 * A spool whose disk was full for a while: what was seen then came into no report, and a gap takes
 * its place, as the reporter leaves one when its disk does not answer. Not thread-safe.
 */
final class FullDisk implements Spool {
  private final Spool disk;
  private final List<Gap> lost = new ArrayList<>();

  FullDisk(Spool disk) {
    this.disk = disk;
  }

  /** Records that everything seen from one time to another is lost. */
  void lost(long fromMillis, long toMillis) {
    lost.add(
        Gap.newBuilder()
            .setFromMillis(fromMillis)
            .setToMillis(toMillis)
            .setReason("disk-error")
            .build());
  }

  @Override
  public void start() {
    disk.start();
  }

  @Override
  public SpoolHead head() {
    return disk.head();
  }

  @Override
  public boolean append(byte[] report, long seq, long fromMillis, long toMillis) {
    return disk.append(report, seq, fromMillis, toMillis);
  }

  @Override
  public List<SpooledReport> read(long fromPosition, int maxReports, int maxBytes) {
    return disk.read(fromPosition, maxReports, maxBytes);
  }

  @Override
  public void release(long position) {
    disk.release(position);
  }

  @Override
  public void refuse(long position, long nowMillis, long aheadMillis) {
    disk.refuse(position, nowMillis, aheadMillis);
  }

  @Override
  public List<Gap> gaps() {
    List<Gap> all = new ArrayList<>(disk.gaps());
    all.addAll(lost);
    return all;
  }

  @Override
  public void carried(List<Gap> gaps) {
    lost.removeAll(gaps);
    disk.carried(gaps);
  }

  @Override
  public void sync() {
    disk.sync();
  }

  @Override
  public void onReadable(Runnable listener) {
    disk.onReadable(listener);
  }

  @Override
  public SpoolFigures figures() {
    return disk.figures();
  }

  @Override
  public void close() {
    disk.close();
  }
}
