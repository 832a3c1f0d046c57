package org.rollcall.collector.day;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.day.SchoolDay.FaultDay;
import org.rollcall.collector.day.SchoolDay.LineTest;
import org.rollcall.collector.day.SchoolDay.LinkDay;
import org.rollcall.collector.day.SchoolDay.OnMinutes;
import org.rollcall.collector.day.SchoolDay.PathDay;
import org.rollcall.collector.day.SchoolDay.ServiceDay;
import org.rollcall.collector.day.SchoolDay.SubjectDay;

/**
 * A school day as it is kept: the day's figures, the names of its subjects as one text, then each
 * subject's figures as short numbers. Read for a whole province at once, so names that were the
 * same the day before are not made again: one of these reads the days of one school, on one thread.
 */
final class DayBytes {
  /** Number of this form; a row with another is rolled up again. */
  static final int FORMAT = 3;

  private static final long DAY_MILLIS = 86_400_000;

  private static final int UPTIME = 1;
  private static final int STATES = 1 << 1;
  private static final int ON = 1 << 2;
  private static final int LINK = 1 << 3;
  private static final int SERVICE = 1 << 4;
  private static final int PATH = 1 << 5;
  private static final int TESTS = 1 << 6;
  private static final int FAULT = 1 << 7;

  /** Runs of one subject while they are read. */
  private int[] runs = new int[16];

  private byte[] nameBytes = {};
  private String[] names = {};

  static byte[] write(SchoolDay day) {
    ByteWriter out = new ByteWriter();
    out.number(day.schoolDay() ? 1 : 0);
    out.number(day.lessonMinutes());
    states(out, day.states());
    out.number(day.seenLessonMinutes());
    out.number(day.gapLessonMinutes());
    out.number(day.leftOut());
    out.number(day.subjects().size());
    out.text(String.join("\n", day.subjects().stream().map(SubjectDay::subject).toList()));
    long begin = day.date().toEpochDay() * DAY_MILLIS;
    for (SubjectDay subject : day.subjects()) {
      subject(out, subject, begin);
    }
    return out.toBytes();
  }

  private static void subject(ByteWriter out, SubjectDay day, long begin) {
    int parts =
        (day.uptimeSeconds() == null ? 0 : UPTIME)
            | (day.states() == null ? 0 : STATES)
            | (day.on() == null ? 0 : ON)
            | (day.link() == null ? 0 : LINK)
            | (day.service() == null ? 0 : SERVICE)
            | (day.path() == null ? 0 : PATH)
            | (day.tests().isEmpty() ? 0 : TESTS)
            | (day.fault() == null ? 0 : FAULT);
    out.number(parts);
    out.number(day.samples());
    out.number(day.samples() - day.up());
    out.signed(day.firstMillis() - begin);
    out.number(day.lastMillis() - day.firstMillis());
    out.number(day.lessonSamples());
    out.number(day.lessonSamples() - day.lessonUp());
    if (day.states() == null) {
      out.number(day.lessons().up());
      out.number(day.lessons().down());
    } else {
      states(out, day.states());
    }
    if (day.uptimeSeconds() != null) {
      out.number(day.uptimeSeconds());
    }
    OnMinutes on = day.on();
    if (on != null) {
      on(out, on);
    }
    FaultDay fault = day.fault();
    if (fault != null) {
      out.number(fault.times());
      out.number(fault.bits());
    }
    rest(out, day);
  }

  private static void on(ByteWriter out, OnMinutes on) {
    out.number(on.lessons());
    out.number(on.day());
    out.number(on.times());
    if (on.times() > 0) {
      out.number(on.first());
      out.number(on.last() - on.first());
    }
  }

  private static OnMinutes on(ByteReader in) {
    int lessons = in.integer();
    int day = in.integer();
    int times = in.integer();
    if (times == 0) {
      return new OnMinutes(lessons, day, 0, -1, -1);
    }
    int first = in.integer();
    return new OnMinutes(lessons, day, times, first, first + in.integer());
  }

  private static void rest(ByteWriter out, SubjectDay day) {
    LinkDay link = day.link();
    if (link != null) {
      optional(out, link.minSpeedBits());
      optional(out, link.maxSpeedBits());
      out.number(link.rates());
      out.number(link.fastestInBits().size());
      link.fastestInBits().forEach(out::number);
    }
    ServiceDay service = day.service();
    if (service != null) {
      optional(out, service.medianMillis());
      optional(out, service.p95Millis());
      Integer days = service.certificateDays();
      out.number(days == null ? 0 : 1);
      if (days != null) {
        out.signed(days);
      }
    }
    PathDay path = day.path();
    if (path != null) {
      out.number(path.samples());
      out.number(path.viaDistrict());
      out.number(path.vpn());
    }
    if (!day.tests().isEmpty()) {
      out.number(day.tests().size());
      day.tests().forEach(test -> test(out, test));
    }
  }

  private static void test(ByteWriter out, LineTest test) {
    out.number(test.timeMillis());
    out.number(test.downloadBits());
    out.decimal(test.transferSeconds());
    Double used = test.utilisation();
    Double skew = test.clockSkewSeconds();
    out.number((used == null ? 0 : 1) | (skew == null ? 0 : 2));
    if (used != null) {
      out.decimal(used);
    }
    if (skew != null) {
      out.decimal(skew);
    }
  }

  private static void optional(ByteWriter out, @Nullable Number value) {
    out.number(value == null ? 0 : value.longValue() + 1);
  }

  private static void states(ByteWriter out, LessonStates states) {
    for (int run : states.runs()) {
      out.number(run);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException if the bytes are damaged
   */
  SchoolDay read(String school, LocalDate date, String calendarVersion, byte[] bytes) {
    return read(school, date, calendarVersion, bytes, null);
  }

  /**
   * Reads the subjects of one kind alone and stops behind them: subjects stand in order.
   *
   * @param kind null for all of them
   */
  SchoolDay read(
      String school, LocalDate date, String calendarVersion, byte[] bytes, @Nullable String kind) {
    String first = kind == null ? "" : kind + ':';
    String behind = kind == null ? null : kind + (char) (':' + 1);
    try {
      ByteReader in = new ByteReader(bytes);
      boolean schoolDay = in.integer() == 1;
      int minutes = in.integer();
      LessonStates states = states(in, minutes);
      int planned = states.availability().planned();
      int seen = in.integer();
      int gaps = in.integer();
      int leftOut = in.integer();
      int count = in.integer();
      String[] subjects = names(in, bytes, count);
      List<SubjectDay> days = new ArrayList<>(kind == null ? count : 2);
      long begin = date.toEpochDay() * DAY_MILLIS;
      for (int i = 0; i < count && isBefore(subjects[i], behind); i++) {
        SubjectDay day = subject(in, subjects[i], begin, minutes, planned);
        if (subjects[i].startsWith(first)) {
          days.add(day);
        }
      }
      if (kind == null && !in.atEnd()) {
        throw new IllegalArgumentException("Something follows the last subject.");
      }
      return new SchoolDay(
          school, date, calendarVersion, schoolDay, states, seen, gaps, leftOut, days);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException(
          "The kept roll-up of school " + school + " on " + date + " is damaged.", e);
    }
  }

  private static boolean isBefore(String subject, @Nullable String end) {
    return end == null || subject.compareTo(end) < 0;
  }

  private String[] names(ByteReader in, byte[] bytes, int count) {
    int length = in.integer();
    int from = in.skip(length);
    if (names.length != count
        || !Arrays.equals(nameBytes, 0, nameBytes.length, bytes, from, from + length)) {
      nameBytes = Arrays.copyOfRange(bytes, from, from + length);
      String text = new String(nameBytes, StandardCharsets.UTF_8);
      names = count == 0 ? new String[0] : text.split("\n", -1);
      if (names.length != count) {
        throw new IllegalArgumentException(names.length + " names for " + count + " subjects.");
      }
    }
    return names;
  }

  private SubjectDay subject(ByteReader in, String subject, long begin, int minutes, int planned) {
    int parts = in.integer();
    int samples = in.integer();
    int up = samples - in.integer();
    long first = begin + in.signed();
    long last = first + in.number();
    int lessonSamples = in.integer();
    int lessonUp = lessonSamples - in.integer();
    LessonStates states = null;
    Availability lessons;
    if ((parts & STATES) != 0) {
      states = states(in, minutes);
      lessons = states.availability();
    } else {
      int minutesUp = in.integer();
      int minutesDown = in.integer();
      lessons =
          new Availability(
              minutesUp, minutesDown, minutes - minutesUp - minutesDown - planned, planned);
    }
    return new SubjectDay(
        subject,
        samples,
        up,
        first,
        last,
        lessonSamples,
        lessonUp,
        lessons,
        (parts & UPTIME) == 0 ? null : Long.valueOf(in.number()),
        states,
        (parts & ON) == 0 ? null : on(in),
        (parts & FAULT) == 0 ? null : new FaultDay(in.integer(), in.integer()),
        (parts & LINK) == 0 ? null : link(in),
        (parts & SERVICE) == 0 ? null : service(in),
        (parts & PATH) == 0 ? null : new PathDay(in.integer(), in.integer(), in.integer()),
        (parts & TESTS) == 0 ? List.of() : tests(in));
  }

  private static LinkDay link(ByteReader in) {
    Long min = optionalLong(in);
    Long max = optionalLong(in);
    int rates = in.integer();
    int count = in.integer();
    if (count > LinkDay.KEPT) {
      throw new IllegalArgumentException(count + " rates are more than are kept.");
    }
    List<Long> fastest = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      fastest.add(in.number());
    }
    return new LinkDay(min, max, rates, fastest);
  }

  private static ServiceDay service(ByteReader in) {
    Integer median = optionalInteger(in);
    Integer p95 = optionalInteger(in);
    return new ServiceDay(
        median, p95, in.integer() == 0 ? null : Integer.valueOf((int) in.signed()));
  }

  private static List<LineTest> tests(ByteReader in) {
    int count = in.integer();
    if (count > SubjectTally.MOST_TESTS) {
      throw new IllegalArgumentException(count + " tests are more than are kept.");
    }
    List<LineTest> tests = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      long time = in.number();
      long download = in.number();
      double seconds = in.decimal();
      int told = in.integer();
      tests.add(
          new LineTest(
              time,
              download,
              seconds,
              (told & 1) == 0 ? null : Double.valueOf(in.decimal()),
              (told & 2) == 0 ? null : Double.valueOf(in.decimal())));
    }
    return tests;
  }

  private static @Nullable Long optionalLong(ByteReader in) {
    long value = in.number();
    return value == 0 ? null : Long.valueOf(value - 1);
  }

  private static @Nullable Integer optionalInteger(ByteReader in) {
    int value = in.integer();
    return value == 0 ? null : Integer.valueOf(value - 1);
  }

  private LessonStates states(ByteReader in, int minutes) {
    int count = 0;
    for (int from = 0; from < minutes; count++) {
      int run = in.integer();
      if (run < 4) {
        throw new IllegalArgumentException("A run of no minutes.");
      }
      from += run >>> 2;
      runs = count == runs.length ? Arrays.copyOf(runs, 2 * count) : runs;
      runs[count] = run;
    }
    return LessonStates.ofRuns(minutes, Arrays.copyOf(runs, count));
  }
}
