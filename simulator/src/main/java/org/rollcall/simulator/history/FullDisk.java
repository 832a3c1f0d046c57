package org.rollcall.simulator.history;

import java.util.ArrayList;
import java.util.List;
import org.rollcall.agent.spool.Spool;
import org.rollcall.agent.spool.SpoolFigures;
import org.rollcall.agent.spool.SpoolHead;
import org.rollcall.agent.spool.SpooledReport;
import org.rollcall.protocol.v1.Gap;

/**
 * A spool whose disk is full at times: what is appended then is refused, as a real disk would, and
 * a gap with the numbers and times of what was lost takes its place. Not thread-safe.
 */
final class FullDisk implements Spool {
  private final Spool disk;
  private final List<Gap> lost = new ArrayList<>();
  private boolean full;

  FullDisk(Spool disk) {
    this.disk = disk;
  }

  void full(boolean now) {
    full = now;
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
    if (!full) {
      return disk.append(report, seq, fromMillis, toMillis);
    }
    Gap before = lost.isEmpty() ? null : lost.remove(lost.size() - 1);
    lost.add(
        Gap.newBuilder()
            .setFromMillis(before == null ? fromMillis : before.getFromMillis())
            .setToMillis(toMillis)
            .setFromSeq(before == null ? seq : before.getFromSeq())
            .setToSeq(seq)
            .setReason("disk-error")
            .build());
    return false;
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
  public List<Gap> gaps() {
    List<Gap> all = new ArrayList<>(disk.gaps());
    if (!full) {
      all.addAll(lost);
    }
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
