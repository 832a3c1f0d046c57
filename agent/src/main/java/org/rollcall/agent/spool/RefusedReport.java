package org.rollcall.agent.spool;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import java.util.LongSummaryStatistics;
import org.jspecify.annotations.Nullable;
import org.rollcall.protocol.v1.Gap;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;

/**
 * What is lost with a report that the collector refused for good, and what is only to be told once
 * more.
 *
 * @param frame its frame, with the times of what it saw itself alone; null when it cannot be read
 * @param carried gaps that it told of others, as it told them
 */
record RefusedReport(@Nullable Frame frame, List<Gap> carried) {
  static final RefusedReport UNREADABLE = new RefusedReport(null, List.of());

  static RefusedReport of(Frame frame, byte[] payload) {
    try {
      Report report = Report.parseFrom(payload);
      LongSummaryStatistics times =
          report.getObservationsList().stream()
              .mapToLong(Observation::getTimeMillis)
              .summaryStatistics();
      if (times.getCount() == 0) {
        times.accept(report.getCreatedMillis());
      }
      return new RefusedReport(
          frame.speakingOf(times.getMin(), times.getMax()), report.getGapsList());
    } catch (InvalidProtocolBufferException e) {
      return new RefusedReport(frame, List.of());
    }
  }

  /**
   * The gaps once more. An end that has not come yet is one by a clock that is ahead, and is put
   * right where it is known by how much.
   */
  List<Gap> gaps(long nowMillis, long aheadMillis) {
    return carried.stream().map(gap -> right(gap, nowMillis, aheadMillis)).toList();
  }

  private static Gap right(Gap gap, long nowMillis, long aheadMillis) {
    if (aheadMillis == 0 || gap.getToMillis() <= nowMillis) {
      return gap;
    }
    long unsure = RefusedTime.UNSURE_MILLIS;
    long to = Math.min(nowMillis, gap.getToMillis() - aheadMillis + unsure);
    boolean isPossible = gap.getFromMillis() <= nowMillis;
    long from = isPossible ? gap.getFromMillis() : gap.getFromMillis() - aheadMillis - unsure;
    return gap.toBuilder().setFromMillis(Math.min(from, to)).setToMillis(to).build();
  }
}
