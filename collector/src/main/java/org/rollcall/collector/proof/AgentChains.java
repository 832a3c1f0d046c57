package org.rollcall.collector.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.rollcall.protocol.AgentKey;
import org.rollcall.protocol.ReportChain;
import org.rollcall.protocol.v1.AgentStanding;
import org.rollcall.protocol.v1.Gap;
import org.rollcall.protocol.v1.Report;
import org.rollcall.protocol.v1.Seal;

/** Follows the chains of all agents of a proof. Reports come in any order. Not thread-safe. */
final class AgentChains {
  private final SortedMap<String, Chain> chains = new TreeMap<>();

  /** One agent's. */
  private static final class Chain {
    private byte[] key = new byte[0];
    private int unnumbered;
    private int reused;
    private final SortedMap<Long, Epoch> epochs = new TreeMap<>();
  }

  /** The reports of one spool. */
  private static final class Epoch {
    private final TreeMap<Long, Link> links = new TreeMap<>();
    private final List<Seal> seals = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();
  }

  @SuppressWarnings("ArrayRecordComponent") // compared by Arrays.equals
  private record Link(byte[] sha256, byte[] previous) {}

  void standing(String agent, AgentStanding standing) {
    Chain chain = chains.computeIfAbsent(agent, a -> new Chain());
    if (!standing.getPublicKey().isEmpty()) {
      chain.key = standing.getPublicKey().toByteArray();
    }
  }

  /**
   * Takes a report.
   *
   * @param agent as the transport knew it
   * @param bytes as they came
   * @return false if the same was here before
   */
  boolean add(String agent, Report report, byte[] bytes) {
    Chain chain = chains.computeIfAbsent(agent, a -> new Chain());
    if (report.getEpoch() == 0) {
      chain.unnumbered++;
      return true;
    }
    Epoch epoch = chain.epochs.computeIfAbsent(report.getEpoch(), e -> new Epoch());
    Link link = new Link(ReportChain.sha256(bytes), report.getPreviousSha256().toByteArray());
    Link before = epoch.links.putIfAbsent(report.getSeq(), link);
    if (before != null) {
      boolean same = Arrays.equals(before.sha256(), link.sha256());
      chain.reused += same ? 0 : 1;
      return !same;
    }
    if (report.hasSeal()) {
      epoch.seals.add(report.getSeal());
    }
    report.getGapsList().stream().filter(gap -> gap.getToSeq() > 0).forEach(epoch.gaps::add);
    return true;
  }

  /** What was found, by agent. */
  List<AgentChain> close() {
    List<AgentChain> found = new ArrayList<>();
    for (Map.Entry<String, Chain> entry : chains.entrySet()) {
      found.add(close(entry.getKey(), entry.getValue()));
    }
    return found;
  }

  private static AgentChain close(String agent, Chain chain) {
    int reports = chain.unnumbered;
    int sealed = 0;
    int tail = 0;
    long missing = 0;
    long lost = 0;
    int broken = 0;
    int badSeals = 0;
    for (Map.Entry<Long, Epoch> one : chain.epochs.entrySet()) {
      Epoch epoch = one.getValue();
      Seals seals = new Seals(agent, one.getKey(), epoch, chain.key);
      Walk walk = new Walk(epoch, seals);
      walk.walk();
      reports += epoch.links.size();
      sealed += walk.sealed;
      tail = walk.sealed > 0 ? walk.tail : 0;
      missing += walk.missing;
      lost += walk.lost;
      broken += walk.broken;
      badSeals += seals.bad;
    }
    return new AgentChain(
        agent,
        HexFormat.of().formatHex(chain.key),
        chain.key.length > 0 && AgentKey.agentIdOf(chain.key).equals(agent),
        reports,
        sealed,
        tail,
        missing,
        lost,
        broken,
        chain.reused,
        badSeals,
        chain.epochs.size());
  }

  /** Says which seals are good; only those are verified that something hangs on. */
  private static final class Seals {
    private final String agent;
    private final long number;
    private final byte[] key;
    private final Map<Long, Seal> matching = new HashMap<>();
    private int bad;

    Seals(String agent, long number, Epoch epoch, byte[] key) {
      this.agent = agent;
      this.number = number;
      this.key = key;
      for (Seal seal : epoch.seals) {
        Link link = epoch.links.get(seal.getSeq());
        if (link == null) {
          // Over a report that is not here: it says nothing of those that are.
          continue;
        }
        if (Arrays.equals(link.sha256(), seal.getSha256().toByteArray())) {
          matching.put(seal.getSeq(), seal);
        } else {
          bad++;
        }
      }
    }

    boolean covers(long seq) {
      Seal seal = matching.get(seq);
      if (seal == null) {
        return false;
      }
      boolean good = key.length > 0 && ReportChain.verifySeal(seal, agent, number, key);
      bad += good ? 0 : 1;
      return good;
    }
  }

  /** Goes through an epoch, newest first, because a seal covers what is before it. */
  private static final class Walk {
    private final Epoch epoch;
    private final Seals seals;
    private int sealed;
    private int tail;
    private long missing;
    private long lost;
    private int broken;

    Walk(Epoch epoch, Seals seals) {
      this.epoch = epoch;
      this.seals = seals;
    }

    void walk() {
      boolean covered = false;
      long later = -1;
      for (Map.Entry<Long, Link> entry : epoch.links.descendingMap().entrySet()) {
        long seq = entry.getKey();
        if (later >= 0 && later != seq + 1) {
          hole(seq + 1, later - 1);
          covered = false;
        } else if (later >= 0 && !follows(later, entry.getValue())) {
          broken++;
          covered = false;
        }
        covered = covered || seals.covers(seq);
        sealed += covered ? 1 : 0;
        tail += sealed == 0 ? 1 : 0;
        later = seq;
      }
    }

    private boolean follows(long later, Link link) {
      Link next = epoch.links.get(later);
      return next != null && Arrays.equals(next.previous(), link.sha256());
    }

    private void hole(long from, long to) {
      long told = 0;
      for (Gap gap : epoch.gaps) {
        long first = Math.max(from, gap.getFromSeq());
        long last = Math.min(to, gap.getToSeq());
        told += Math.max(0, last - first + 1);
      }
      long all = to - from + 1;
      lost += Math.min(all, told);
      missing += all - Math.min(all, told);
    }
  }
}
