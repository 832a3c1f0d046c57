package org.rollcall.collector.day;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.day.SchoolDay.LineTest;
import org.rollcall.collector.day.SchoolDay.LinkDay;
import org.rollcall.collector.day.SchoolDay.SubjectDay;

/**
 * A school day as it is kept: a head line, then a line for each subject, fields parted by blanks,
 * {@code -} for none. About a hundred bytes a subject, and read without a parser's overhead: a
 * verdict reads thirty of them.
 */
final class DayText {
  /** Number of this form; a row with another is rolled up again. */
  static final int FORMAT = 1;

  private DayText() {}

  static String write(SchoolDay day) {
    StringBuilder out = new StringBuilder(64 + 100 * day.subjects().size());
    out.append(day.schoolDay() ? 1 : 0).append(' ').append(day.lessonMinutes());
    out.append(' ').append(day.seenLessonMinutes()).append(' ').append(day.gapLessonMinutes());
    out.append(' ').append(day.leftOut());
    for (SubjectDay subject : day.subjects()) {
      out.append('\n');
      subject(out, subject);
    }
    return out.toString();
  }

  private static void subject(StringBuilder out, SubjectDay day) {
    out.append(day.subject()).append(' ').append(day.samples()).append(' ').append(day.up());
    out.append(' ').append(day.firstMillis()).append(' ').append(day.lastMillis());
    out.append(' ').append(day.lessonSamples()).append(' ').append(day.lessonUp());
    out.append(' ').append(day.lessonMinutesUp()).append(' ').append(day.lessonMinutesDown());
    out.append(' ');
    optional(out, day.uptimeSeconds());
    LinkDay link = day.link();
    if (link == null) {
      out.append(" -");
    } else {
      out.append(" l ");
      optional(out, link.minSpeedBits());
      out.append(' ');
      optional(out, link.maxSpeedBits());
      out.append(' ').append(link.rates()).append(' ').append(link.fastestInBits().size());
      link.fastestInBits().forEach(rate -> out.append(' ').append(rate.longValue()));
    }
    out.append(' ').append(day.tests().size());
    for (LineTest test : day.tests()) {
      out.append(' ').append(test.timeMillis()).append(' ').append(test.downloadBits());
      out.append(' ').append(test.transferSeconds()).append(' ');
      optional(out, test.utilisation());
    }
  }

  private static void optional(StringBuilder out, @Nullable Object value) {
    if (value == null) {
      out.append('-');
    } else {
      out.append(value);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException if the text is damaged
   */
  static SchoolDay read(String school, LocalDate date, String calendarVersion, String text) {
    try {
      Fields fields = new Fields(text);
      boolean schoolDay = fields.integer() == 1;
      int lessons = fields.integer();
      int seen = fields.integer();
      int gaps = fields.integer();
      int leftOut = fields.integer();
      List<SubjectDay> subjects = new ArrayList<>();
      while (fields.more()) {
        subjects.add(subject(fields));
      }
      return new SchoolDay(
          school, date, calendarVersion, schoolDay, lessons, seen, gaps, leftOut, subjects);
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException(
          "The kept roll-up of school " + school + " on " + date + " is damaged.", e);
    }
  }

  private static SubjectDay subject(Fields fields) {
    String subject = fields.next();
    int samples = fields.integer();
    int up = fields.integer();
    long first = fields.number();
    long last = fields.number();
    int lessonSamples = fields.integer();
    int lessonUp = fields.integer();
    int minutesUp = fields.integer();
    int minutesDown = fields.integer();
    Long uptime = fields.optionalNumber();
    LinkDay link = fields.next().equals("l") ? link(fields) : null;
    int count = fields.integer();
    List<LineTest> tests = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      tests.add(
          new LineTest(
              fields.number(),
              fields.number(),
              Double.parseDouble(fields.next()),
              fields.optionalDecimal()));
    }
    return new SubjectDay(
        subject,
        samples,
        up,
        first,
        last,
        lessonSamples,
        lessonUp,
        minutesUp,
        minutesDown,
        uptime,
        link,
        tests);
  }

  private static LinkDay link(Fields fields) {
    Long min = fields.optionalNumber();
    Long max = fields.optionalNumber();
    int rates = fields.integer();
    int count = fields.integer();
    List<Long> fastest = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      fastest.add(fields.number());
    }
    return new LinkDay(min, max, rates, fastest);
  }

  /** Fields parted by single blanks or line ends, one after the other. */
  private static final class Fields {
    private final String text;
    private int at;

    Fields(String text) {
      this.text = text;
    }

    boolean more() {
      return at < text.length();
    }

    String next() {
      int end = at;
      while (end < text.length() && text.charAt(end) > ' ') {
        end++;
      }
      String field = text.substring(at, end);
      at = end + 1;
      return field;
    }

    int integer() {
      return Integer.parseInt(next());
    }

    long number() {
      return Long.parseLong(next());
    }

    @Nullable Long optionalNumber() {
      String field = next();
      return field.equals("-") ? null : Long.valueOf(field);
    }

    @Nullable Double optionalDecimal() {
      String field = next();
      return field.equals("-") ? null : Double.valueOf(field);
    }
  }
}
