package org.rollcall.collector.intake;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows the numbers of each agent's latest durable reports and of those on their way, so that what
 * is sent twice is stored once and never acknowledged before its first copy is durable. Only
 * numbers that could still be sent again are kept: twice what one connection may have
 * unacknowledged. A copy older than that is written to the store again, which changes nothing
 * there.
 *
 * <p>Agents are authenticated before they get here, so the register bounds how many there are. Any
 * thread.
 */
final class RecentReports {
  /** Twice the MQTT receive maximum. */
  static final int REMEMBERED = 128;

  private static final int FIRST_ROOM = 8;

  private final Map<String, Window> windows = new ConcurrentHashMap<>();

  /** What is to be done with an arriving report. */
  enum Admission {
    /** Store it. */
    NEW,
    /** Its number is known with other content: store it, and tell somebody. */
    NUMBER_REUSED,
    /** Durable already. */
    DUPLICATE,
    /** Its first copy is on its way; the answer comes with that one's. */
    FOLLOWS
  }

  Admission admit(Pending report) {
    return report.epoch() == 0 ? Admission.NEW : window(report).admit(report);
  }

  /** Forgets that the report is on its way; returns the copies that waited for it. */
  List<Pending> settle(Pending report, boolean durable) {
    return report.epoch() == 0 ? List.of() : window(report).settle(report, durable);
  }

  private Window window(Pending report) {
    return windows.computeIfAbsent(report.report.report().getAgent(), agent -> new Window());
  }

  private record ReportNumber(long epoch, long seq) {}

  /** One agent's numbers. The ring holds only the epoch that was stored last. */
  private static final class Window {
    private long epoch;
    private long[] seqs = new long[FIRST_ROOM];
    private int[] checksums = new int[FIRST_ROOM];
    private int size;
    private int next;
    private final Map<ReportNumber, Pending> onTheirWay = new HashMap<>(4);

    synchronized Admission admit(Pending report) {
      int known = report.epoch() == epoch ? indexOf(report.seq()) : -1;
      if (known >= 0) {
        return checksums[known] == report.checksum ? Admission.DUPLICATE : Admission.NUMBER_REUSED;
      }
      Pending first =
          onTheirWay.putIfAbsent(new ReportNumber(report.epoch(), report.seq()), report);
      if (first == null) {
        return Admission.NEW;
      }
      if (first.checksum != report.checksum) {
        return Admission.NUMBER_REUSED;
      }
      first.follow(report);
      return Admission.FOLLOWS;
    }

    synchronized List<Pending> settle(Pending report, boolean durable) {
      boolean wasFirst = onTheirWay.remove(new ReportNumber(report.epoch(), report.seq()), report);
      if (durable && wasFirst) {
        remember(report);
      }
      return report.followers();
    }

    private int indexOf(long seq) {
      for (int i = 0; i < size; i++) {
        if (seqs[i] == seq) {
          return i;
        }
      }
      return -1;
    }

    private void remember(Pending report) {
      if (report.epoch() != epoch) {
        epoch = report.epoch();
        size = 0;
        next = 0;
      }
      if (next == seqs.length) {
        if (seqs.length < REMEMBERED) {
          seqs = Arrays.copyOf(seqs, seqs.length * 2);
          checksums = Arrays.copyOf(checksums, checksums.length * 2);
        } else {
          next = 0;
        }
      }
      seqs[next] = report.seq();
      checksums[next] = report.checksum;
      next++;
      size = Math.max(size, next);
    }
  }
}
