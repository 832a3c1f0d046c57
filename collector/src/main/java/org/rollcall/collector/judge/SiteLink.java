package org.rollcall.collector.judge;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.day.SchoolDay;
import org.rollcall.collector.day.SchoolDay.SubjectDay;
import org.rollcall.collector.judge.Verdict.Part.Asked;
import org.rollcall.collector.judge.Verdict.State;
import org.rollcall.collector.profile.Parameters;
import org.rollcall.collector.profile.Rule;
import org.rollcall.collector.profile.Target.Network;
import org.rollcall.collector.registry.Device;
import org.rollcall.collector.registry.Line;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.registry.School.Medium;

/**
 * What a link rule finds of each line of one site. The conditions of a target must hold on one
 * line; they are never taken from two. Probes tell of the site and not of a line, so where there
 * are several lines the register must say which of them enters the network. Lines that share the
 * load count as one more line where only a bandwidth to the internet is asked (A04).
 */
final class SiteLink {
  private final Site site;
  private final Rule rule;
  private final Parameters parameters;
  private final List<SchoolDay> days;
  private final Reason noData;
  private final boolean seen;
  private final List<Line> lines;

  /**
   * @param days the site's days of the window
   * @param noData what is said where nothing was seen
   */
  SiteLink(Site site, Rule rule, Parameters parameters, List<SchoolDay> days, Reason noData) {
    this.site = site;
    this.rule = rule;
    this.parameters = parameters;
    this.days = days;
    this.noData = noData;
    this.seen = days.stream().anyMatch(day -> !day.subjects().isEmpty());
    this.lines = lines();
  }

  /**
   * One line with what came of each condition.
   *
   * @param tests what its tests say together; null for several lines at once
   */
  record Candidate(String line, Map<Asked, Finding> findings, @Nullable LineBandwidth tests) {

    State state() {
      State worst = State.HOLDS;
      for (Finding finding : findings.values()) {
        worst = finding.state().compareTo(worst) < 0 ? finding.state() : worst;
      }
      return worst;
    }

    @Nullable Finding of(Asked asked) {
      return findings.get(asked);
    }

    boolean disputed() {
      return findings.values().stream().anyMatch(Finding::disputed);
    }

    private boolean betterThan(Candidate other) {
      int order = state().compareTo(other.state());
      if (order == 0) {
        order =
            Long.compare(
                count(f -> f.state() == State.HOLDS), other.count(f -> f.state() == State.HOLDS));
      }
      if (order == 0) {
        order =
            Long.compare(
                other.count(f -> f.state() == State.FAILS), count(f -> f.state() == State.FAILS));
      }
      return order == 0 ? faster(other) : order > 0;
    }

    private long count(Predicate<Finding> which) {
      return findings.values().stream().filter(which).count();
    }

    private boolean faster(Candidate than) {
      Finding mine = of(Asked.BANDWIDTH);
      Finding others = than.of(Asked.BANDWIDTH);
      return mine != null
          && others != null
          && mine.value() != null
          && (others.value() == null || mine.value().compareTo(others.value()) > 0);
    }
  }

  /** Whether anything was seen of the site in the window. */
  boolean seen() {
    return seen;
  }

  /** Every line, the best first, the others by name; never empty. */
  List<Candidate> candidates() {
    List<Candidate> all = new ArrayList<>();
    Map<String, LineRecord> records = new TreeMap<>();
    for (Line line : lines) {
      LineRecord record = new LineRecord(line.name(), days, parameters);
      records.put(line.name(), record);
      all.add(candidate(line, record));
    }
    Candidate sum = sum(records);
    if (sum != null) {
      all.add(sum);
    }
    if (all.isEmpty()) {
      all.add(withoutLine());
    }
    Candidate best = all.get(0);
    for (Candidate one : all) {
      best = one.betterThan(best) ? one : best;
    }
    all.remove(best);
    all.add(0, best);
    return all;
  }

  private Candidate candidate(Line line, LineRecord record) {
    Map<Asked, Finding> findings = new EnumMap<>(Asked.class);
    Medium wanted = rule.asked().medium();
    if (wanted != null) {
      findings.put(Asked.MEDIUM, medium(line.medium(), wanted));
    }
    LineBandwidth tests = new LineBandwidth(record, line.contractMbps(), mbps(), parameters);
    findings.put(Asked.BANDWIDTH, seen ? tests.judge() : unseen());
    findings.put(Asked.NETWORK, seen ? network(line) : unseen());
    return new Candidate(line.name(), findings, tests);
  }

  private Candidate withoutLine() {
    Map<Asked, Finding> findings = new EnumMap<>(Asked.class);
    Medium wanted = rule.asked().medium();
    if (wanted != null) {
      findings.put(Asked.MEDIUM, medium(site.school().medium(), wanted));
    }
    findings.put(
        Asked.BANDWIDTH,
        seen
            ? Finding.declared(State.UNKNOWN, ReasonCode.BANDWIDTH_UNKNOWN_NO_LINE.with())
            : unseen());
    findings.put(Asked.NETWORK, seen ? reached() : unseen());
    return new Candidate("", findings, null);
  }

  private @Nullable Candidate sum(Map<String, LineRecord> records) {
    List<Line> together = lines.stream().filter(Line::loadBalanced).toList();
    if (!seen || together.size() < 2 || asked() != Network.INTERNET) {
      return null;
    }
    if (rule.asked().medium() != null) {
      return null; // the medium is a condition on one line
    }
    LineSum sum =
        new LineSum(
            together.stream()
                .map(line -> Objects.requireNonNull(records.get(line.name())))
                .toList(),
            mbps(),
            parameters);
    double contracts = 0;
    boolean declared = true;
    for (Line line : together) {
      Double contract = line.contractMbps();
      declared &= contract != null;
      contracts += contract == null ? 0 : contract;
    }
    Map<Asked, Finding> findings = new EnumMap<>(Asked.class);
    findings.put(Asked.BANDWIDTH, sum.judge(declared && contracts < mbps()));
    findings.put(Asked.NETWORK, reached());
    return new Candidate(sum.names(), findings, null);
  }

  private Finding unseen() {
    return Finding.declared(State.UNKNOWN, noData);
  }

  private double mbps() {
    Double mbps = rule.asked().mbps();
    if (mbps == null) {
      throw new IllegalStateException("BUG: the rule " + rule.id() + " names no bandwidth");
    }
    return mbps;
  }

  private Network asked() {
    Network network = rule.asked().network();
    if (network == null) {
      throw new IllegalStateException("BUG: the rule " + rule.id() + " names no network");
    }
    return network;
  }

  private static Finding medium(@Nullable Medium declared, Medium wanted) {
    if (declared == null) {
      return Finding.declared(State.UNKNOWN, ReasonCode.MEDIUM_UNKNOWN.with(wanted));
    }
    return declared == wanted
        ? Finding.declared(State.HOLDS, ReasonCode.MEDIUM_HOLDS.with(declared))
        : Finding.declared(State.FAILS, ReasonCode.MEDIUM_FAILS.with(declared, wanted));
  }

  private Finding reached() {
    return Reach.judge(asked(), days, parameters);
  }

  private Finding network(Line line) {
    Finding reached = reached();
    if (asked() != Network.PROVINCIAL_EDU || reached.state() == State.UNKNOWN) {
      return reached;
    }
    Boolean declared = line.eduNetwork();
    boolean holds = reached.state() == State.HOLDS;
    if (lines.size() == 1 || !holds) {
      return declared == null || declared == holds ? reached : otherwise(reached, declared);
    }
    boolean anotherMay =
        lines.stream()
            .anyMatch(l -> !l.name().equals(line.name()) && !Boolean.FALSE.equals(l.eduNetwork()));
    if (Boolean.TRUE.equals(declared)) {
      return reached.also(List.of(ReasonCode.NETWORK_BY_DECLARED_LINE.with(line.name())));
    }
    if (Boolean.FALSE.equals(declared)) {
      return anotherMay
          ? Finding.declared(State.FAILS, ReasonCode.NETWORK_FAILS_OTHER_LINE.with(line.name()))
          : otherwise(unknownLine(line), false);
    }
    return anotherMay
        ? unknownLine(line)
        : reached.also(List.of(ReasonCode.NETWORK_BY_DECLARED_LINE.with(line.name())));
  }

  private static Finding unknownLine(Line line) {
    return Finding.measured(
        State.UNKNOWN, null, 0, List.of(ReasonCode.NETWORK_UNKNOWN_WHICH_LINE.with(line.name())));
  }

  private static Finding otherwise(Finding reached, boolean declared) {
    return reached.disputedBecause(
        ReasonCode.NETWORK_DECLARED_OTHERWISE.with(declared ? "YES" : "NO"));
  }

  /**
   * The site's lines to the outside: those the register describes; without any, its link devices;
   * without those, the lines seen that are called wan; without any, all that were seen. The
   * school's own columns speak of its line, whichever it is.
   */
  private List<Line> lines() {
    if (!site.inventory().lines().isEmpty()) {
      return site.inventory().lines();
    }
    TreeSet<String> names = new TreeSet<>();
    for (Device device : site.inventory().devices()) {
      if (device.kind().equals("link") && device.space().isEmpty()) {
        names.add(device.name());
      }
    }
    if (names.isEmpty()) {
      names.addAll(seenLines());
    }
    School school = site.school();
    return names.stream()
        .map(
            name ->
                new Line(
                    school.code(),
                    name,
                    school.medium(),
                    school.isp(),
                    school.contractMbps(),
                    names.size() == 1 ? school.eduNetwork() : null,
                    false))
        .toList();
  }

  private Collection<String> seenLines() {
    TreeSet<String> found = new TreeSet<>();
    for (SchoolDay day : days) {
      for (SubjectDay subject : day.subjects()) {
        if (subject.kind().equals("link") || subject.kind().equals("throughput")) {
          found.add(subject.name());
        }
      }
    }
    TreeSet<String> wan = new TreeSet<>(found);
    wan.removeIf(name -> !name.startsWith("wan"));
    return wan.isEmpty() ? found : wan;
  }
}
