package org.rollcall.collector.judge;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.rollcall.collector.day.SchoolDay;

/**
 * How evenly the classes of one school have platforms and use them (校内均衡). Explains; decides
 * nothing. Told are the range of days on which a class's platform was up in the window, the classes
 * without a platform where others have one, and those that use theirs far less than the school's
 * middle class does.
 */
final class ClassSpread {
  /** Less than this of the middle class's power-on time is told; a project default. */
  private static final BigDecimal LITTLE_PERCENT = BigDecimal.valueOf(25);

  private final JudgeInput input;
  private final Map<String, Integer> daysOn = new TreeMap<>();
  private final TreeSet<String> without = new TreeSet<>();
  private int equipped;
  private int dataDays;

  ClassSpread(JudgeInput input) {
    this.input = input;
    for (Site site : input.sites()) {
      SiteClasses classes = new SiteClasses(site);
      List<SchoolDay> days =
          site.days(input.windowBegins(), input.date()).stream()
              .filter(SchoolDay::schoolDay)
              .toList();
      dataDays = Math.max(dataDays, SiteClasses.watched(days));
      classes
          .daysOn(days)
          .forEach((name, count) -> daysOn.put(ClassNames.of(input, site, name), count));
      Set<String> has = classes.equipped();
      equipped += has.size();
      for (String name : classes.names()) {
        if (!has.contains(name)) {
          without.add(ClassNames.of(input, site, name));
        }
      }
    }
  }

  void explain(VerdictBuilder verdict) {
    if (daysOn.size() < 2) {
      return;
    }
    used(verdict);
    if (dataDays >= input.profile().parameters().minAliveSchoolDays().whole()) {
      range(verdict);
    }
    if (equipped > 0 && !without.isEmpty()) {
      verdict.because(
          ReasonCode.CLASSES_WITHOUT_WHILE_OTHERS.with(
              without.size(), equipped, ClassNames.some(without)));
    }
  }

  private void range(VerdictBuilder verdict) {
    int least = Collections.min(daysOn.values());
    int most = Collections.max(daysOn.values());
    List<String> lowest = new ArrayList<>();
    daysOn.forEach(
        (name, count) -> {
          if (count == least) {
            lowest.add(name);
          }
        });
    LocalDate from = input.windowBegins();
    if (least == most) {
      verdict.because(ReasonCode.CLASSES_EVEN.with(from, input.date(), dataDays, most));
    } else {
      verdict.because(
          ReasonCode.CLASSES_SPREAD.with(
              from, input.date(), dataDays, least, most, most - least, ClassNames.some(lowest)));
    }
  }

  /** The classes whose platform was on for far less time than the middle class's. */
  private void used(VerdictBuilder verdict) {
    List<LocalDate> last =
        input.calendar().lastSchoolDays(input.date(), JudgeInput.USE_SCHOOL_DAYS);
    Map<String, Long> minutes = new TreeMap<>();
    int watched = 0;
    for (Site site : input.sites()) {
      SiteClasses classes = new SiteClasses(site);
      List<SchoolDay> days = site.days().stream().filter(day -> last.contains(day.date())).toList();
      watched = Math.max(watched, SiteClasses.watched(days));
      classes
          .minutesOn(days)
          .forEach((name, sum) -> minutes.put(ClassNames.of(input, site, name), sum));
    }
    if (watched < JudgeInput.USE_SCHOOL_DAYS || minutes.size() < 2) {
      return;
    }
    BigDecimal median = LineRecord.median(minutes.values().stream().sorted().toList());
    List<String> low = new ArrayList<>();
    minutes.forEach(
        (name, sum) -> {
          if (BigDecimal.valueOf(100 * sum).compareTo(median.multiply(LITTLE_PERCENT)) < 0) {
            low.add(name);
          }
        });
    if (!low.isEmpty()) {
      verdict.because(
          ReasonCode.CLASSES_USED_LITTLE.with(
              low.size(),
              ClassNames.some(low),
              Figures.text(LITTLE_PERCENT),
              Figures.text(median),
              JudgeInput.USE_SCHOOL_DAYS));
    }
  }
}
