package org.rollcall.collector.judge;

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
}
