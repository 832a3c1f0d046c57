package org.rollcall.collector.linetest;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.identity.AgentEntry;
import org.rollcall.collector.judge.Basis;
import org.rollcall.collector.profile.Indicator;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.profile.Rule;
import org.rollcall.collector.profile.Target;
import org.rollcall.collector.registry.Inventory;
import org.rollcall.collector.registry.Line;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.registry.School;

/**
 * The lines that can be tested: of schools that have an agent of ours and a target for their line.
 * Immutable.
 *
 * @param lines those whose school has a school day: their slots are drawn
 * @param all those, and the others
 * @param agents of each school, the one last seen first
 */
record TestedLines(List<TestedLine> lines, List<TestedLine> all, Map<String, List<String>> agents) {

  static TestedLines read(
      Registry registry,
      List<AgentEntry> entries,
      Basis basis,
      LocalDate date,
      LineTestSettings settings) {
    Map<String, List<String>> agents = agents(entries);
    Register register = registry.snapshot();
    Map<String, Inventory> inventories = registry.inventories(new HashSet<>(agents.keySet()));
    List<TestedLine> lines = new ArrayList<>();
    List<TestedLine> all = new ArrayList<>();
    for (School school : register.sites()) {
      if (!agents.containsKey(school.code())) {
        continue;
      }
      boolean open = basis.calendars().of(school, register).isSchoolDay(date);
      double target = target(school, basis.profiles());
      Inventory inventory = inventories.getOrDefault(school.code(), Inventory.empty(school.code()));
      for (Line line : target > 0 ? inventory.lines(school) : List.<Line>of()) {
        Double contract = line.contractMbps();
        TestedLine tested =
            new TestedLine(
                school.code(),
                line.name(),
                group(school, line, settings.aggregation()),
                target,
                contract == null ? 0 : contract * 1e6);
        all.add(tested);
        if (open) {
          lines.add(tested);
        }
      }
    }
    return new TestedLines(List.copyOf(lines), List.copyOf(all), Map.copyOf(agents));
  }

  private static Map<String, List<String>> agents(List<AgentEntry> entries) {
    Map<String, List<AgentEntry>> bySchool = new HashMap<>();
    for (AgentEntry entry : entries) {
      if (entry.revoked() == null && entry.kind() == AgentEntry.Kind.AGENT) {
        bySchool.computeIfAbsent(entry.school(), school -> new ArrayList<>()).add(entry);
      }
    }
    Map<String, List<String>> agents = new HashMap<>();
    bySchool.forEach(
        (school, ours) -> {
          ours.sort((a, b) -> Long.compare(seen(b), seen(a)));
          agents.put(school, ours.stream().map(AgentEntry::id).toList());
        });
    return agents;
  }

  private static long seen(AgentEntry entry) {
    Instant seen = entry.lastSeen();
    return seen == null ? 0 : seen.toEpochMilli();
  }

  /** The highest T of all that the school's line is judged by, in bit/s; 0 without any. */
  static double target(School school, List<Profile> profiles) {
    double highest = 0;
    for (Profile profile : profiles) {
      for (Rule rule : profile.rules()) {
        Target target = rule.target();
        if (rule.indicator() == Indicator.SCHOOL_LINK
            && target != null
            && target.mbps() != null
            && rule.speaksOf(school)) {
          highest = Math.max(highest, target.mbps() * 1e6);
        }
      }
    }
    return highest;
  }

  private static String group(School school, Line line, LineTestSettings.Aggregation aggregation) {
    String isp = line.isp();
    return switch (aggregation) {
      case SCHOOL -> school.code();
      case TOWNSHIP -> school.region();
      case TOWNSHIP_ISP ->
          school.region() + "/" + (isp == null ? "" : isp.strip().toLowerCase(Locale.ROOT));
    };
  }

  /** A line by its school and name; null if it cannot be tested. */
  @Nullable TestedLine find(String school, String line) {
    return all.stream()
        .filter(each -> each.school().equals(school) && each.line().equals(line))
        .findFirst()
        .orElse(null);
  }

  Set<String> keys() {
    Set<String> keys = new HashSet<>();
    lines.forEach(line -> keys.add(line.key()));
    return keys;
  }
}
