package org.rollcall.collector.proof;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.rollcall.collector.proof.Check.Kind;
import org.rollcall.collector.proof.Check.Result;
import org.rollcall.protocol.v1.AgentStanding;
import org.rollcall.protocol.v1.EvidenceRecord;
import org.rollcall.protocol.v1.Report;

/** Looks at who reported, from where, and by what clock. Not thread-safe. */
final class StandingLook {
  /** A clock that is ahead of the collector's by more is wrong; a project default. */
  static final Duration AHEAD = Duration.ofMinutes(5);

  private final long from;
  private final long to;
  private final Set<String> held = new HashSet<>();
  private final Set<String> came = new HashSet<>();
  private final Set<String> went = new HashSet<>();
  private final Map<String, Long> newest = new HashMap<>();
  private int ahead;
  private int back;
  private int reports;

  /**
   * @param from begin of the window, milliseconds since 1970
   * @param to its end
   */
  StandingLook(long from, long to) {
    this.from = from;
    this.to = to;
  }

  void add(String agent, AgentStanding standing) {
    if (standing.getHeldMillis() > 0) {
      held.add(agent);
    }
    if (within(standing.getEnrolledMillis())) {
      came.add(agent);
    }
    if (within(standing.getRevokedMillis())) {
      went.add(agent);
    }
  }

  private boolean within(long millis) {
    return millis >= from && millis < to;
  }

  void add(EvidenceRecord record, Report report) {
    reports++;
    long created = report.getCreatedMillis();
    if (created == 0) {
      return;
    }
    ahead += created > record.getReceivedMillis() + AHEAD.toMillis() ? 1 : 0;
    String spool = record.getAgent() + ' ' + report.getEpoch() + ' ' + (report.getSeq() - 1);
    Long before = newest.remove(spool);
    back += before != null && created < before - AHEAD.toMillis() ? 1 : 0;
    newest.put(record.getAgent() + ' ' + report.getEpoch() + ' ' + report.getSeq(), created);
  }

  List<Check> close(List<AgentChain> agents, Whereabouts where) {
    List<Check> checks = new ArrayList<>();
    int all = agents.stream().mapToInt(AgentChain::reports).sum();
    int sealed = agents.stream().mapToInt(AgentChain::sealed).sum();
    int tail = agents.stream().mapToInt(AgentChain::tail).sum();
    int badSeals = agents.stream().mapToInt(AgentChain::badSeals).sum();
    checks.add(
        check(
            Kind.UNSEALED,
            all - sealed - tail + badSeals,
            Map.of(
                "found",
                n(all - sealed - tail),
                "tail",
                n(tail),
                "of",
                n(all),
                "bad",
                n(badSeals))));
    long missing = agents.stream().mapToLong(AgentChain::missing).sum();
    int broken = agents.stream().mapToInt(AgentChain::broken).sum();
    checks.add(
        check(
            Kind.BROKEN_CHAIN,
            missing + broken,
            Map.of("missing", n(missing), "broken", n(broken), "of", n(all))));
    int reused = agents.stream().mapToInt(AgentChain::reused).sum();
    long unnamed = agents.stream().filter(a -> !a.key().isEmpty() && !a.named()).count();
    checks.add(
        check(
            Kind.CLONED_KEY,
            reused + held.size() + unnamed,
            Map.of("reused", n(reused), "held", n(held.size()), "unnamed", n(unnamed))));
    checks.add(
        check(
            Kind.KEY_CHANGED,
            went.size() + (agents.size() > 1 ? came.size() : 0),
            Map.of("agents", n(agents.size()), "came", n(came.size()), "went", n(went.size()))));
    checks.add(moved(where));
    checks.add(
        check(
            Kind.WRONG_CLOCK,
            ahead + back,
            Map.of(
                "ahead",
                n(ahead),
                "back",
                n(back),
                "of",
                n(reports),
                "minutes",
                n(AHEAD.toMinutes()))));
    return checks;
  }

  private Check moved(Whereabouts where) {
    List<Whereabouts.Source> sources = where.sources();
    String told =
        sources.stream()
            .limit(5)
            .map(source -> source.address() + " (" + source.reports() + ")")
            .collect(Collectors.joining(", "));
    if (sources.isEmpty() || sources.stream().allMatch(source -> source.address().equals("?"))) {
      return Check.of(Kind.AGENT_MOVED, Result.UNKNOWN, Map.of());
    }
    return check(
        Kind.AGENT_MOVED, sources.size() - 1, Map.of("addresses", n(sources.size()), "told", told));
  }

  /** A number of reports or agents is known also where there are none: then nothing was found. */
  private Check check(Kind kind, long found, Map<String, String> params) {
    Result result = reports == 0 ? Result.UNKNOWN : found > 0 ? Result.FOUND : Result.CLEAR;
    return Check.of(kind, result, params);
  }

  private static String n(long number) {
    return Long.toString(number);
  }
}
