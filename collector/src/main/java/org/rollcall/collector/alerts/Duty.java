package org.rollcall.collector.alerts;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.calendar.SchoolCalendar;
import org.rollcall.config.Default;
import org.rollcall.config.Range;
import org.rollcall.config.SettingsException;
import org.rollcall.config.SettingsReader;

/**
 * Who is told of what, in which order: {@code config/duty.yaml}.
 *
 * @param ways an alert goes the first that is for its rule and region; one without a way stands on
 *     the page alone
 */
public record Duty(List<Person> people, List<Rota> rotas, List<Way> ways) {
  private static final Pattern MOBILE = Pattern.compile("1\\d{10}");

  /** Nobody is told of anything. */
  public static final Duty NOBODY = new Duty(List.of(), List.of(), List.of());

  /**
   * Who may be told.
   *
   * @param mobile 11 digits, as bots and SMS gateways take it
   */
  public record Person(String id, String name, @Nullable String mail, @Nullable String mobile) {
    public Person {
      if (mobile != null && !MOBILE.matcher(mobile).matches()) {
        throw new IllegalArgumentException("the mobile of " + id + " has not 11 digits");
      }
      if (mail != null && mail.indexOf('@') < 1) {
        throw new IllegalArgumentException("the mail of " + id + " has no @");
      }
    }
  }

  /**
   * Who is on duty when.
   *
   * @param from the day on which the first of {@code order} begins
   * @param at when one hands over to the next
   * @param days how long each is on duty
   * @param order ids of people, in turn
   * @param holidays the same for days without lessons; empty: {@code order} goes on
   * @param except days on which somebody else is
   */
  public record Rota(
      String id,
      LocalDate from,
      @Default("08:00") LocalTime at,
      @Default("7") @Range(min = "1", max = "366") int days,
      List<String> order,
      List<String> holidays,
      List<Except> except) {
    public Rota {
      if (order.isEmpty()) {
        throw new IllegalArgumentException("the rota " + id + " has nobody in its order");
      }
    }

    /** The id of who is on duty; before {@code from} the first. */
    String onDuty(Instant now, SchoolCalendar calendar) {
      ZonedDateTime there = now.atZone(calendar.zone());
      LocalDate day =
          there.toLocalTime().isBefore(at) ? there.toLocalDate().minusDays(1) : there.toLocalDate();
      for (Except each : except) {
        if (!day.isBefore(each.from()) && !day.isAfter(each.to())) {
          return each.person();
        }
      }
      List<String> turn = holidays.isEmpty() || calendar.isSchoolDay(day) ? order : holidays;
      long gone = Math.max(0, ChronoUnit.DAYS.between(from, day)) / days;
      return turn.get((int) (gone % turn.size()));
    }
  }

  /**
   * Somebody stands in.
   *
   * @param to inclusive
   */
  public record Except(LocalDate from, LocalDate to, String person) {
    public Except {
      if (to.isBefore(from)) {
        throw new IllegalArgumentException("the exception from " + from + " ends before it begins");
      }
    }
  }

  /**
   * What becomes of an alert that nobody takes on.
   *
   * @param rules ids; empty: of every rule
   * @param regions codes, with what lies in them; empty: everywhere
   * @param steps in the order of time
   */
  public record Way(String id, List<String> rules, List<String> regions, List<Step> steps) {
    public Way {
      rules = List.copyOf(rules);
      regions = List.copyOf(regions);
      steps = List.copyOf(steps);
      if (steps.isEmpty()) {
        throw new IllegalArgumentException("the way " + id + " has no steps");
      }
      Duration before = Duration.ZERO;
      for (Step step : steps) {
        if (step.after().compareTo(before) < 0) {
          throw new IllegalArgumentException(
              "the steps of the way " + id + " are not in the order of time");
        }
        before = step.after();
      }
    }
  }

  /**
   * Whom to tell when.
   *
   * @param after since people might be told first
   * @param impact class-minutes lost with which it is due at once; null: by time alone
   * @param channels names of channels
   * @param to ids of people, or {@code rota:ID} for who is on duty; empty: the channel as it is
   */
  public record Step(
      @Default("0s") @Range(min = "0s", max = "30d") Duration after,
      @Nullable Long impact,
      List<String> channels,
      List<String> to) {
    public Step {
      channels = List.copyOf(channels);
      to = List.copyOf(to);
      if (channels.isEmpty()) {
        throw new IllegalArgumentException("a step names no channels");
      }
    }
  }

  public Duty {
    people = List.copyOf(people);
    rotas = List.copyOf(rotas);
    ways = List.copyOf(ways);
    Set<String> known = new HashSet<>();
    for (Person person : people) {
      if (!known.add(person.id())) {
        throw new IllegalArgumentException("two people have the id " + person.id());
      }
    }
    for (Rota rota : rotas) {
      requireKnown(known, rota.order(), rota.id());
      requireKnown(known, rota.holidays(), rota.id());
      requireKnown(known, rota.except().stream().map(Except::person).toList(), rota.id());
    }
    rotas.forEach(rota -> known.add("rota:" + rota.id()));
    for (Way way : ways) {
      way.steps().forEach(step -> requireKnown(known, step.to(), way.id()));
    }
  }

  private static void requireKnown(Set<String> known, List<String> ids, String where) {
    for (String id : ids) {
      if (!known.contains(id)) {
        throw new IllegalArgumentException(
            where + " names " + id + ", who is neither in people nor a rota");
      }
    }
  }

  /** Reads the file. */
  public static Duty read(Path file) throws SettingsException {
    return SettingsReader.read(file, Duty.class);
  }

  /** Every channel that a step names. */
  public Set<String> channels() {
    Set<String> all = new LinkedHashSet<>();
    ways.forEach(way -> way.steps().forEach(step -> all.addAll(step.channels())));
    return all;
  }

  /** Every rule that a way names. */
  public Set<String> rules() {
    Set<String> all = new LinkedHashSet<>();
    ways.forEach(way -> all.addAll(way.rules()));
    return all;
  }

  /** The name of who is on duty now. */
  public String onDuty(Rota rota, Instant now, SchoolCalendar calendar) {
    String id = rota.onDuty(now, calendar);
    return people.stream()
        .filter(person -> person.id().equals(id))
        .map(Person::name)
        .findFirst()
        .orElse(id);
  }

  /** The people a step means now, each once. */
  List<Person> whom(Step step, Instant now, SchoolCalendar calendar) {
    Set<String> ids = new LinkedHashSet<>();
    for (String id : step.to()) {
      ids.add(
          rotas.stream()
              .filter(rota -> id.equals("rota:" + rota.id()))
              .map(rota -> rota.onDuty(now, calendar))
              .findFirst()
              .orElse(id));
    }
    return people.stream().filter(person -> ids.contains(person.id())).toList();
  }
}
