package org.rollcall.web.api;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rollcall.collector.accounts.ScopedRegister;
import org.rollcall.collector.judge.Mark;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.School;

/**
 * How a region's divisions stood on some days gone by, from the marks saved of those days, each day
 * by the register as it was then. Some schools are read at a time, so that memory does not grow
 * with their number.
 */
final class PastCounts {
  private static final int SCHOOLS_AT_ONCE = 400;

  private final Map<LocalDate, Layout> layouts = new LinkedHashMap<>();
  private final Map<LocalDate, Map<String, Coverage.Sum>> counts = new HashMap<>();
  private final Chosen chosen;

  /** Which division each school lay in. */
  private record Layout(Map<String, Place> places, List<String> divisions) {}

  private record Place(School school, String division) {}

  private PastCounts(Chosen chosen) {
    this.chosen = chosen;
  }

  static PastCounts of(
      District district, View view, String region, Chosen chosen, List<LocalDate> dates) {
    PastCounts counted = new PastCounts(chosen);
    IdentityHashMap<Register, Layout> known = new IdentityHashMap<>();
    Set<String> schools = new LinkedHashSet<>();
    for (LocalDate date : dates) {
      Layout layout =
          known.computeIfAbsent(
              district.register(date),
              register -> layout(district.scoped(view.register().viewer(), date), region));
      counted.layouts.put(date, layout);
      Map<String, Coverage.Sum> rows = new LinkedHashMap<>();
      layout.divisions().forEach(code -> rows.put(code, new Coverage.Sum()));
      counted.counts.put(date, rows);
      schools.addAll(layout.places().keySet());
    }
    List<String> all = List.copyOf(schools);
    for (int i = 0; i < all.size(); i += SCHOOLS_AT_ONCE) {
      List<String> some = all.subList(i, Math.min(all.size(), i + SCHOOLS_AT_ONCE));
      counted.add(
          some, district.judge().marks(view.profile().id(), chosen.ids(), some, dates), dates);
    }
    return counted;
  }

  private static Layout layout(ScopedRegister register, String region) {
    Map<String, Place> places = new HashMap<>();
    List<String> divisions = new ArrayList<>();
    Region itself = register.region(region);
    List<Region> below = register.children(region);
    List<Region> all = below.isEmpty() && itself != null ? List.of(itself) : below;
    for (Region division : all) {
      divisions.add(division.code());
      for (School school : register.schools(division.code())) {
        places.put(school.code(), new Place(school, division.code()));
      }
    }
    return new Layout(places, divisions);
  }

  private void add(List<String> schools, List<Mark> marks, List<LocalDate> dates) {
    Map<String, Map<LocalDate, List<Mark>>> bySchool = new HashMap<>();
    for (Mark mark : marks) {
      bySchool
          .computeIfAbsent(mark.school(), school -> new HashMap<>())
          .computeIfAbsent(mark.date(), date -> new ArrayList<>(2))
          .add(mark);
    }
    for (String school : schools) {
      Map<LocalDate, List<Mark>> own = bySchool.getOrDefault(school, Map.of());
      for (LocalDate date : dates) {
        add(school, date, own.getOrDefault(date, List.of()));
      }
    }
  }

  private void add(String code, LocalDate date, List<Mark> marks) {
    Layout layout = layouts.get(date);
    Place place = layout == null ? null : layout.places().get(code);
    Map<String, Coverage.Sum> rows = counts.get(date);
    Coverage.Sum row = place == null || rows == null ? null : rows.get(place.division());
    if (place == null || row == null) {
      return; // the school did not count on that day
    }
    Chosen.Worst worst = new Chosen.Worst(chosen.speakOf(place.school()));
    marks.forEach(mark -> worst.add(mark.rule(), mark.outcome(), chosen, place.school()));
    row.add(place.school(), worst.outcome());
  }

  /** By division, in the order of the register; empty for a day that was not asked for. */
  Map<String, Coverage.Tally> on(LocalDate date) {
    Map<String, Coverage.Tally> tallies = new LinkedHashMap<>();
    counts.getOrDefault(date, Map.of()).forEach((code, row) -> tallies.put(code, row.tally()));
    return tallies;
  }
}
