package org.rollcall.collector.judge;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.day.SchoolDay;
import org.rollcall.collector.day.SchoolDay.LineTest;
import org.rollcall.collector.day.SchoolDay.LinkDay;
import org.rollcall.collector.day.SchoolDay.SubjectDay;
import org.rollcall.collector.profile.Parameters;

/**
 * What one line showed in a window: its port's speed, its traffic, its tests, and which tests were
 * left out for which cause.
 */
final class LineRecord {
  private final String line;
  private final Parameters parameters;
  private final List<Long> downloads = new ArrayList<>();
  private final Set<LocalDate> testDays = new HashSet<>();
  private final List<Long> rates = new ArrayList<>();
  private final List<Long> bestOfSchoolDays = new ArrayList<>();
  private int tooShort;
  private int busy;
  private int skewed;
  private int useUnknown;
  private long fastestTest;
  private long port;
  private long minutesUp;
  private long minutesDown;

  /**
   * @param line the name behind the colon of {@code link:} and {@code throughput:}
   * @param days the window's days
   */
  LineRecord(String line, List<SchoolDay> days, Parameters parameters) {
    this.line = line;
    this.parameters = parameters;
    for (SchoolDay day : days) {
      SubjectDay link = day.find("link:" + line);
      if (link != null) {
        link(day, link);
      }
      SubjectDay throughput = day.find("throughput:" + line);
      if (throughput != null) {
        tests(day, throughput);
      }
    }
    Collections.sort(downloads);
    rates.sort(Collections.reverseOrder());
    bestOfSchoolDays.sort(Collections.reverseOrder());
  }

  private void link(SchoolDay day, SubjectDay subject) {
    minutesUp += subject.lessonMinutesUp();
    minutesDown += subject.lessonMinutesDown();
    LinkDay link = subject.link();
    if (link == null) {
      return;
    }
    Long speed = link.maxSpeedBits();
    port = Math.max(port, speed == null ? 0 : speed);
    rates.addAll(link.fastestInBits());
    if (day.schoolDay() && !link.fastestInBits().isEmpty()) {
      bestOfSchoolDays.add(link.fastestInBits().get(0));
    }
  }

  private void tests(SchoolDay day, SubjectDay subject) {
    for (LineTest test : subject.tests()) {
      Double used = test.utilisation();
      Double skew = test.clockSkewSeconds();
      fastestTest = Math.max(fastestTest, test.downloadBits());
      if (test.transferSeconds() < parameters.minTransferSeconds().value()) {
        tooShort++;
      } else if (used != null && used >= parameters.maxUtilisation().value()) {
        busy++;
      } else if (skew != null && skew >= parameters.maxClockSkewSeconds().value()) {
        skewed++;
      } else {
        useUnknown += used == null ? 1 : 0;
        downloads.add(test.downloadBits());
        if (day.schoolDay()) {
          testDays.add(day.date());
        }
      }
    }
  }

  String line() {
    return line;
  }

  /** Valid tests. */
  int tests() {
    return downloads.size();
  }

  /** School days on which they lie. */
  int testDays() {
    return testDays.size();
  }

  boolean enoughTests() {
    return enough(tests(), testDays());
  }

  /** The middle download, bit/s; needs a test. */
  BigDecimal median() {
    return median(downloads);
  }

  /** How many valid tests reached a rate. */
  int passed(BigDecimal bits) {
    return (int) downloads.stream().filter(d -> BigDecimal.valueOf(d).compareTo(bits) >= 0).count();
  }

  /** The fastest port speed told, bit/s; null when none was. */
  @Nullable Long port() {
    return port == 0 ? null : port;
  }

  /** Poll intervals in which the line carried a rate, of those kept. */
  int carried(BigDecimal bits) {
    return countFrom(rates, bits);
  }

  /** School days on which it did. */
  int carriedDays(BigDecimal bits) {
    return countFrom(bestOfSchoolDays, bits);
  }

  private static int countFrom(List<Long> descending, BigDecimal bits) {
    int n = 0;
    while (n < descending.size() && BigDecimal.valueOf(descending.get(n)).compareTo(bits) >= 0) {
      n++;
    }
    return n;
  }

  /**
   * The greatest rate the line is proven to have carried, bit/s: both its n-th highest rate and the
   * n-th highest of its school days' best reach it. 0 when there are too few.
   */
  long carriedAtLeast() {
    if (!enough(rates.size(), bestOfSchoolDays.size())) {
      return 0;
    }
    long bySamples = rates.get(parameters.minSamples().whole() - 1);
    long byDays = bestOfSchoolDays.get(parameters.minSchoolDays().whole() - 1);
    return Math.min(bySamples, byDays);
  }

  private boolean enough(int samples, int days) {
    return samples >= parameters.minSamples().whole() && days >= parameters.minSchoolDays().whole();
  }

  /** The most it delivered at once, to a test however valid or to everybody, bit/s. */
  long peak() {
    return Math.max(fastestTest, rates.isEmpty() ? 0 : rates.get(0));
  }

  /** What was left out and why, and what explains the line without deciding. */
  List<Reason> remarks() {
    List<Reason> remarks = new ArrayList<>();
    if (tooShort > 0) {
      remarks.add(
          ReasonCode.TESTS_TOO_SHORT.with(
              line, tooShort, Figures.text(parameters.minTransferSeconds().value())));
    }
    if (busy > 0) {
      remarks.add(
          ReasonCode.TESTS_ON_BUSY_LINE.with(
              line, busy, Figures.text(parameters.maxUtilisation().exact().movePointRight(2))));
    }
    if (skewed > 0) {
      remarks.add(
          ReasonCode.TESTS_OF_SKEWED_CLOCK.with(
              line, skewed, Figures.text(parameters.maxClockSkewSeconds().value())));
    }
    if (useUnknown > 0) {
      remarks.add(ReasonCode.TESTS_WITHOUT_USE.with(line, useUnknown));
    }
    if (minutesDown > 0) {
      remarks.add(ReasonCode.LINE_WAS_DOWN.with(line, minutesDown, minutesUp + minutesDown));
    }
    return remarks;
  }

  /** The middle one; of an even number, the mean of the two middle ones, exactly. */
  static BigDecimal median(List<Long> sorted) {
    int n = sorted.size();
    BigDecimal upper = BigDecimal.valueOf(sorted.get(n / 2));
    if (n % 2 == 1) {
      return upper;
    }
    return upper.add(BigDecimal.valueOf(sorted.get(n / 2 - 1))).divide(BigDecimal.valueOf(2));
  }
}
