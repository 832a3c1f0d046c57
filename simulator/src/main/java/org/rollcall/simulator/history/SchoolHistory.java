package org.rollcall.simulator.history;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.simulator.district.ClassPlan;
import org.rollcall.simulator.district.Line;
import org.rollcall.simulator.district.Machine;
import org.rollcall.simulator.district.Reach;
import org.rollcall.simulator.district.SchoolPlan;
import org.rollcall.simulator.district.Term;
import org.rollcall.simulator.district.Traits;

/**
 * What one school's agent saw over a span: unless asked otherwise, the line every 5 minutes and so,
 * in lessons, the computers, of which every minute is judged; anchors every 15, terminals every 20;
 * throughput tests a few times a day. Times stand on whole minutes of the local day; the same plan
 * and span always give the same observations.
 */
public final class SchoolHistory {
  /** What a back-fill is told at. */
  static final Pace BACKFILL = new Pace(5, 15, 20, 5, true);

  /** Looks at terminals begin before they are switched on and end after they are off. */
  private static final int FIRST_LOOK = 7 * 60 + 20;

  private static final int LAST_LOOK = 17 * 60 + 40;

  /** Outside lessons but for the noon break, so that tests do not meet much traffic. */
  private static final int[] TEST_MINUTES = {6 * 60 + 40, 12 * 60 + 25, 18 * 60 + 40, 21 * 60 + 10};

  private static final int TEST_SECONDS = 10;

  private static final long MINUTE = 60_000;

  private final SchoolPlan school;
  private final Traits traits;
  private final Term term;
  private final Line line;
  private final List<Seat> terminals = new ArrayList<>();
  private final List<Seat> pcs = new ArrayList<>();
  private final Pace pace;

  private record Seat(String subject, Machine machine) {}

  /**
   * Minutes between two looks; each a multiple of {@code link}, which divides 5.
   *
   * @param lessonsOnly whether computers are looked at in lessons alone, where alone they count
   */
  record Pace(int link, int reach, int terminal, int pc, boolean lessonsOnly) {}

  public SchoolHistory(SchoolPlan school, Term term) {
    this(school, term, BACKFILL);
  }

  /**
   * @param linkMinutes between two looks at the line, 1 to 5: 5 is a multiple of it
   * @param lookMinutes between two looks at everything else; a multiple of {@code linkMinutes}
   */
  public SchoolHistory(SchoolPlan school, Term term, int linkMinutes, int lookMinutes) {
    this(school, term, new Pace(linkMinutes, lookMinutes, lookMinutes, lookMinutes, false));
  }

  private SchoolHistory(SchoolPlan school, Term term, Pace pace) {
    this.pace = pace;
    this.school = school;
    this.traits = school.scenario().traits();
    this.term = term;
    this.line = new Line(school, term);
    for (ClassPlan plan : school.classes()) {
      if (plan.declared()) {
        terminals.add(new Seat("terminal:" + plan.terminal(), school.terminal(plan, term)));
      }
    }
    for (int pc = 1; pc <= school.pcs(); pc++) {
      pcs.add(new Seat("pc:" + SchoolPlan.pcName(pc), school.pc(pc, term)));
    }
  }

  /**
   * The part of a span in which this school's agent was installed and spoke.
   *
   * @return empty when it never did
   */
  public Optional<Span> spoken(Instant from, Instant now) {
    if (traits.agentDays() == 0) {
      return Optional.empty();
    }
    Instant installed = now.minus(Duration.ofDays(traits.agentDays()));
    Instant start = installed.isAfter(from) ? installed : from;
    Instant end = now.minus(Duration.ofDays(traits.silentDays()));
    return start.isBefore(end) ? Optional.of(new Span(start, end)) : Optional.empty();
  }

  /** From, inclusive, to, exclusive. */
  public record Span(Instant from, Instant to) {}

  /**
   * The stretch that a full spool lost, for the one story that has it: two days, a week ago.
   *
   * @return empty for every other school, and when the span does not reach back so far
   */
  public Optional<Span> lost(Span span, Instant now) {
    Instant to = now.minus(Duration.ofDays(6));
    Instant from = to.minus(Duration.ofDays(2));
    return traits.gap() && span.from().isBefore(from)
        ? Optional.of(new Span(from, to))
        : Optional.empty();
  }

  /** Tells every observation of a span to the sink, oldest first. */
  public void tell(Span span, Instant now, Consumer<Observation> sink) {
    LocalDate today = now.atZone(Term.ZONE).toLocalDate();
    long end = span.to().toEpochMilli();
    long step = pace.link() * MINUTE;
    long at = (span.from().toEpochMilli() + step - 1) / step * step;
    for (; at < end; at += step) {
      LocalDate day = Instant.ofEpochMilli(at).atZone(Term.ZONE).toLocalDate();
      int minute = (int) ((at - day.atStartOfDay(Term.ZONE).toInstant().toEpochMilli()) / MINUTE);
      boolean tested = tests(day, minute, today);
      sink.accept(link(at, minute, tested));
      if (minute % pace.reach() == 0) {
        reach("reach:edu", Reach.edu(school), at, sink);
        reach("reach:internet", Reach.internet(school), at, sink);
      }
      if (minute % pace.terminal() == 0 && isOpen(day, minute)) {
        look(terminals, at, today, sink);
      }
      if (minute % pace.pc() == 0 && looksAtPcs(day, minute)) {
        look(pcs, at, today, sink);
      }
      if (tested) {
        sink.accept(test(at));
      }
    }
  }

  /** What a test moved went through the port like everything else. */
  private Observation link(long at, int minute, boolean tested) {
    Observation.Builder link =
        Observation.newBuilder()
            .setSubject("link:" + SchoolPlan.LINK)
            .setTimeMillis(at)
            .putMeasures("up", 1)
            .putMeasures("speedBitsPerSecond", traits.portMbps() * 1e6);
    if (traits.reboots() && minute == pace.link()) {
      return link.setReason("rebooted").build();
    }
    double[] mean = line.meanBitsPerSecond(at - pace.link() * MINUTE, pace.link());
    double test = tested ? line.testBitsPerSecond(at) * TEST_SECONDS / (pace.link() * 60) : 0;
    return link.putMeasures("inBitsPerSecond", Math.rint(mean[0] + test))
        .putMeasures("outBitsPerSecond", Math.rint(mean[1]))
        .putMeasures("intervalSeconds", pace.link() * 60.0)
        .putMeasures("counterBits", 64)
        .build();
  }

  private static void reach(String subject, Reach reach, long at, Consumer<Observation> sink) {
    if (!reach.configured()) {
      return;
    }
    boolean connects = reach.connects(at);
    Observation.Builder seen =
        Observation.newBuilder()
            .setSubject(subject)
            .setTimeMillis(at)
            .putMeasures("up", connects ? 1 : 0);
    if (connects) {
      seen.putMeasures("connectMillis", Math.rint(reach.connectMillis(at) * 10) / 10);
    } else {
      seen.setReason("timeout");
    }
    sink.accept(seen.build());
  }

  private boolean looksAtPcs(LocalDate day, int minute) {
    return pace.lessonsOnly()
        ? term.isSchoolDay(day) && Term.isLesson(minute)
        : isOpen(day, minute);
  }

  private boolean isOpen(LocalDate day, int minute) {
    boolean schoolHours = term.isSchoolDay(day) && minute >= FIRST_LOOK && minute <= LAST_LOOK;
    return schoolHours || traits.nights();
  }

  private static void look(List<Seat> seats, long at, LocalDate today, Consumer<Observation> sink) {
    for (Seat seat : seats) {
      Optional<Instant> since = seat.machine().onSince(Instant.ofEpochMilli(at), today);
      Observation.Builder seen =
          Observation.newBuilder().setSubject(seat.subject()).setTimeMillis(at);
      if (since.isPresent()) {
        seen.putMeasures("up", 1)
            .putMeasures("uptimeSeconds", Math.rint((at - since.get().toEpochMilli()) / 1_000.0));
      } else {
        seen.putMeasures("up", 0).setReason("timeout");
      }
      sink.accept(seen.build());
    }
  }

  private boolean tests(LocalDate day, int minute, LocalDate today) {
    if (day.isBefore(today.minusDays(traits.testDays()))) {
      return false;
    }
    for (int i = 0; i < Math.min(traits.testsPerDay(), TEST_MINUTES.length); i++) {
      if (TEST_MINUTES[i] == minute) {
        return true;
      }
    }
    return false;
  }

  private Observation test(long at) {
    return Observation.newBuilder()
        .setSubject("throughput:" + SchoolPlan.LINK)
        .setTimeMillis(at)
        .putMeasures("downloadBitsPerSecond", Math.rint(line.testBitsPerSecond(at)))
        .putMeasures("transferSeconds", TEST_SECONDS)
        .putMeasures("rttMillis", Math.rint(Reach.edu(school).connectMillis(at) * 10) / 10)
        .putMeasures("utilisation", Math.rint(line.utilisation(at) * 1_000) / 1_000)
        .build();
  }
}
