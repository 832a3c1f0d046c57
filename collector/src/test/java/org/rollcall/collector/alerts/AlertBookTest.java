package org.rollcall.collector.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.rollcall.collector.alerts.Alert.State;
import org.rollcall.collector.alerts.AlertRule.Bound;
import org.rollcall.collector.alerts.AlertRule.When;

class AlertBookTest {
  private static final Instant NINE = Instant.parse("2026-11-25T01:00:00Z");

  private final AlertBook book = new AlertBook(List.of(), 0);
  private Instant now = NINE;

  static AlertRule rule(String id, SignalKind kind, double atLeast, String lasting) {
    return new AlertRule(
        id,
        "规则",
        "Rule",
        kind,
        new Bound(atLeast, null),
        null,
        Duration.parse(lasting),
        Duration.ofMinutes(5),
        Duration.ofHours(1),
        When.LESSONS,
        Duration.ofHours(1),
        null,
        List.of());
  }

  static Signal signal(SignalKind kind, String school, String subject, double value, Instant seen) {
    return new Signal(
        kind,
        kind + "." + school + "." + subject,
        "440307001",
        List.of(school),
        subject,
        value,
        NINE,
        seen,
        Map.of(),
        2,
        30,
        false,
        Set.of());
  }

  private Signal line(double minutes) {
    return signal(SignalKind.LINE_DOWN, "1", "link:wan", minutes, now);
  }

  private Signal silent(String school) {
    return signal(SignalKind.SCHOOL_SILENT, school, "", 12, now);
  }

  private AlertBook.Round after(int minutes, Signal... signals) {
    now = now.plus(Duration.ofMinutes(minutes));
    return book.step(now, Arrays.stream(signals).map(this::fresh).toList());
  }

  private Signal fresh(Signal s) {
    return s.seen().equals(Instant.EPOCH)
        ? s
        : new Signal(
            s.kind(),
            s.key(),
            s.region(),
            s.schools(),
            s.subject(),
            s.value(),
            s.since(),
            now,
            s.params(),
            s.classes(),
            s.impact(),
            s.planned(),
            s.behind());
  }

  private @Nullable State state() {
    return book.open().isEmpty() ? null : book.open().get(0).state();
  }

  @Test
  void itPendsFiresAndEnds() {
    book.rules(List.of(rule("line", SignalKind.LINE_DOWN, 1, "PT3M")));
    assertThat(after(0, line(0.5)).changed()).isEmpty();
    assertThat(after(1, line(1)).changed()).hasSize(1);
    assertThat(state()).isEqualTo(State.PENDING);
    assertThat(after(1, line(2)).changed()).as("nothing but its weight changed").isEmpty();
    assertThat(after(2, line(4)).changed()).hasSize(1);
    assertThat(state()).isEqualTo(State.FIRING);
    Instant good = now.plus(Duration.ofMinutes(1));
    after(1);
    assertThat(state()).as("good for less than five minutes").isEqualTo(State.FIRING);
    AlertBook.Round end = after(5);
    assertThat(end.changed())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.state()).isEqualTo(State.RESOLVED);
              assertThat(alert.times().ended()).as("when it became good").isEqualTo(good);
              assertThat(alert.id()).isEqualTo(1);
            });
    assertThat(book.open()).isEmpty();
    after(1, line(5));
    assertThat(book.open()).singleElement().extracting(Alert::id).isEqualTo(2L);
  }

  @Test
  void aBlipIsDroppedAndFiresNothing() {
    book.rules(List.of(rule("line", SignalKind.LINE_DOWN, 1, "PT3M")));
    after(0, line(1));
    after(1);
    assertThat(after(3).changed()).isEmpty();
    assertThat(after(2).dropped()).hasSize(1);
    assertThat(book.open()).isEmpty();
  }

  @Test
  void whatComesAndGoesIsOneAlertAndMustStayGoodForLonger() {
    book.rules(List.of(rule("line", SignalKind.LINE_DOWN, 1, "PT0S")));
    List<State> states = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      after(3, line(1)).changed().forEach(alert -> states.add(alert.state()));
      after(3).changed().forEach(alert -> states.add(alert.state()));
    }
    assertThat(book.open()).singleElement().extracting(Alert::id).isEqualTo(1L);
    assertThat(states).doesNotContain(State.RESOLVED);
    assertThat(book.open().get(0).damping().unsteady()).isTrue();
    after(30);
    assertThat(state()).as("five minutes are not enough any more").isEqualTo(State.FIRING);
    after(30);
    assertThat(book.open()).isEmpty();
  }

  @Test
  void betweenBadAndGoodNothingChanges() {
    AlertRule lamp =
        new AlertRule(
            "lamp",
            "灯泡",
            "Lamp",
            SignalKind.LAMP_HOURS,
            new Bound(3_000.0, null),
            new Bound(null, 500.0),
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            When.SCHOOL_DAYS,
            Duration.ZERO,
            null,
            List.of());
    book.rules(List.of(lamp));
    after(0, signal(SignalKind.LAMP_HOURS, "1", "projector:1", 3_000, now));
    assertThat(state()).isEqualTo(State.FIRING);
    after(9, signal(SignalKind.LAMP_HOURS, "1", "projector:1", 2_000, now));
    assertThat(state()).isEqualTo(State.FIRING);
    after(9, signal(SignalKind.LAMP_HOURS, "1", "projector:1", 3, now));
    assertThat(book.open()).isEmpty();
  }

  @Test
  void behindASilentSchoolNothingIsRaisedAndNothingEnds() {
    book.rules(
        List.of(
            rule("line", SignalKind.LINE_DOWN, 1, "PT0S"),
            rule("fault", SignalKind.DEVICE_FAULT, 1, "PT0S"),
            rule("silent", SignalKind.SCHOOL_SILENT, 10, "PT0S")));
    Signal fault = signal(SignalKind.DEVICE_FAULT, "1", "terminal:1", 5, now);
    after(0, fault);
    after(1, silent("1"), line(3));
    assertThat(book.open())
        .extracting(alert -> alert.about().rule())
        .containsExactly("fault", "silent");
    Alert held = book.open().get(0);
    assertThat(held.damping().heldBy()).isEqualTo(silent("1").key());
    after(60, silent("1"));
    assertThat(book.open()).hasSize(2);
    after(1, fault);
    assertThat(book.open().get(0).damping().heldBy()).isNull();
    after(6, fault);
    assertThat(book.open()).singleElement().extracting(Alert::id).isEqualTo(held.id());
  }

  @Test
  void aSchoolThatWasSilentAloneGoesOnBehindItsIsp() {
    book.rules(
        List.of(
            rule("silent", SignalKind.SCHOOL_SILENT, 10, "PT0S"),
            rule("isp", SignalKind.ISP_SILENT, 10, "PT0S")));
    after(0, silent("1"));
    Signal isp =
        new Signal(
            SignalKind.ISP_SILENT,
            "isp",
            "440307001",
            List.of("1", "2", "3"),
            "",
            12,
            NINE,
            now,
            Map.of(),
            6,
            90,
            false,
            Set.of());
    after(1, isp);
    assertThat(book.open()).hasSize(2);
    assertThat(book.open().get(0).damping().heldBy()).isEqualTo("isp");
    after(20, isp);
    assertThat(book.open()).hasSize(2);
    after(1);
    after(5);
    assertThat(book.open()).isEmpty();
  }

  @Test
  void whatStandsBehindALineIsHeldWithIt() {
    book.rules(
        List.of(
            rule("network", SignalKind.NETWORK_DOWN, 1, "PT0S"),
            rule("line", SignalKind.LINE_DOWN, 1, "PT0S")));
    after(0, signal(SignalKind.NETWORK_DOWN, "1", "reach:internet", 2, now));
    Signal line = line(2);
    Signal cut =
        new Signal(
            line.kind(),
            line.key(),
            line.region(),
            line.schools(),
            line.subject(),
            2,
            NINE,
            now,
            Map.of(),
            2,
            30,
            false,
            Set.of("reach:internet"));
    after(1, cut);
    after(10, cut);
    assertThat(book.open()).hasSize(2);
    assertThat(book.open().get(0).damping().heldBy()).isEqualTo(line.key());
  }

  @Test
  void whileThisServerIsAtFaultNothingIsSaidOfSchools() {
    book.rules(
        List.of(
            rule("store", SignalKind.STORE_REFUSING, 1, "PT0S"),
            rule("silent", SignalKind.SCHOOL_SILENT, 10, "PT0S")));
    Signal store =
        new Signal(
            SignalKind.STORE_REFUSING,
            "store",
            "440307",
            List.of(),
            "",
            2,
            NINE,
            now,
            Map.of(),
            0,
            0,
            false,
            Set.of());
    after(0, store, silent("1"), silent("2"));
    assertThat(book.open()).singleElement().extracting(a -> a.about().rule()).isEqualTo("store");
  }

  @Test
  void oldNewsRaisesNothingAndEndsNothing() {
    book.rules(List.of(rule("line", SignalKind.LINE_DOWN, 1, "PT0S")));
    Signal old = signal(SignalKind.LINE_DOWN, "1", "link:wan", 500, Instant.EPOCH);
    after(0, old);
    assertThat(book.open()).isEmpty();
    after(1, line(1));
    after(60, old);
    assertThat(state()).isEqualTo(State.FIRING);
  }

  @Test
  void inMaintenanceNothingIsRaised() {
    book.rules(List.of(rule("line", SignalKind.LINE_DOWN, 1, "PT0S")));
    Signal line = line(3);
    Signal planned =
        new Signal(
            line.kind(),
            line.key(),
            line.region(),
            line.schools(),
            line.subject(),
            3,
            NINE,
            now,
            Map.of(),
            2,
            30,
            true,
            Set.of());
    after(0, planned);
    assertThat(book.open()).isEmpty();
    after(1, line(4));
    after(1, planned);
    assertThat(book.open().get(0).damping().planned()).isTrue();
  }

  @Test
  void aRestartGoesOnWithTheSameAlerts() {
    AlertRule line = rule("line", SignalKind.LINE_DOWN, 1, "PT0S");
    book.rules(List.of(line));
    after(0, line(1));
    AlertBook next = new AlertBook(book.open(), 7);
    next.rules(List.of(line));
    assertThat(next.step(now.plusSeconds(60), List.of(line(2))).changed()).isEmpty();
    assertThat(next.open()).isEqualTo(List.of(next.open().get(0)));
    assertThat(next.open().get(0).id()).isEqualTo(1);
    Signal other = signal(SignalKind.LINE_DOWN, "2", "link:wan", 5, now);
    next.step(now.plusSeconds(90), List.of(line(2), other));
    assertThat(next.open()).extracting(Alert::id).containsExactly(1L, 8L);
  }

  @Test
  void anAlertOfARuleThatIsNoMoreEnds() {
    book.rules(List.of(rule("line", SignalKind.LINE_DOWN, 1, "PT0S")));
    after(0, line(1));
    book.rules(List.of());
    assertThat(after(1, line(2)).changed())
        .singleElement()
        .extracting(Alert::state)
        .isEqualTo(State.RESOLVED);
  }
}
