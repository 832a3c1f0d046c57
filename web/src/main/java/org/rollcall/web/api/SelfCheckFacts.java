package org.rollcall.web.api;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.day.SchoolDay;
import org.rollcall.collector.identity.AgentEntry;
import org.rollcall.collector.registry.Inventory;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.registry.SchoolClass;
import org.rollcall.collector.selfcheck.SelfCheckItem;
import org.rollcall.collector.usage.ClassDay;
import org.rollcall.web.api.SelfCheckCall.Sentence;

/**
 * What a sheet says of an item beside the verdicts: counted from the register and from the days
 * rolled up. Where nothing is known it says so, and never a zero. Lives as long as one call.
 */
final class SelfCheckFacts {
  /** Days looked at for what no rule asks about. Project default. */
  private static final int DAYS = 30;

  private final District district;
  private final View view;
  private final School school;
  private final Inventory inventory;
  private @Nullable Use use;

  /**
   * How classes used their machines.
   *
   * @param schoolDays of the span with a roll-up
   * @param perDay minutes a school day, by class
   * @param daysUsed school days on which any class was on
   */
  private record Use(
      LocalDate from, LocalDate to, int schoolDays, Map<String, Long> perDay, long daysUsed) {}

  SelfCheckFacts(District district, View view, School school) {
    this.district = district;
    this.view = view;
    this.school = school;
    this.inventory = district.inventory(school.code());
  }

  /**
   * Measured beside the verdicts, or why there is nothing.
   *
   * @param judged whether a rule of the profile speaks of the item
   */
  List<Sentence> measured(SelfCheckItem item, boolean judged) {
    List<Sentence> facts =
        switch (item) {
          case USE -> use();
          case BALANCE -> balance();
          case SECURITY -> agents();
          case NETWORK, STABILITY, CLASS_PLATFORM, COMPUTER_ROOM, MOBILE_ROOM, PLATFORMS ->
              List.of();
          case IT_COURSE, TEACHERS, TITLES, COOPERATION, PERSON ->
              List.of(Sentence.of("self.not-measured"));
        };
    return facts.isEmpty() && !judged ? List.of(Sentence.of("self.no-rule")) : facts;
  }

  private List<Sentence> use() {
    Use known = known();
    if (known.perDay().isEmpty()) {
      return List.of(nothing(known));
    }
    long mean =
        Math.round(known.perDay().values().stream().mapToLong(Long::longValue).average().orElse(0));
    return List.of(
        Sentence.of(
            "self.use.measured",
            Long.toString(mean),
            Integer.toString(known.perDay().size()),
            Integer.toString(inventory.classes().size()),
            Long.toString(known.daysUsed()),
            Integer.toString(known.schoolDays()),
            known.from().toString(),
            known.to().toString()));
  }

  private List<Sentence> balance() {
    Use known = known();
    if (known.perDay().size() < 2) {
      return List.of(nothing(known));
    }
    Map.Entry<String, Long> least = least(known, Map.Entry::getValue);
    Map.Entry<String, Long> most = least(known, entry -> -entry.getValue());
    if (least.getValue().equals(most.getValue())) {
      return List.of(
          Sentence.of(
              "self.balance.same",
              Long.toString(least.getValue()),
              Integer.toString(known.perDay().size()),
              Integer.toString(inventory.classes().size()),
              Integer.toString(known.schoolDays())));
    }
    return List.of(
        Sentence.of(
            "self.balance.measured",
            Long.toString(most.getValue() - least.getValue()),
            least.getKey(),
            Long.toString(least.getValue()),
            most.getKey(),
            Long.toString(most.getValue()),
            Integer.toString(known.perDay().size()),
            Integer.toString(inventory.classes().size()),
            Integer.toString(known.schoolDays())));
  }

  private static Map.Entry<String, Long> least(
      Use known, ToLongFunction<Map.Entry<String, Long>> by) {
    return known.perDay().entrySet().stream()
        .min(Comparator.comparingLong(by))
        .orElseThrow(() -> new IllegalStateException("BUG: no class of several"));
  }

  private static Sentence nothing(Use known) {
    return Sentence.of("self.nothing-seen", known.from().toString(), known.to().toString());
  }

  private Use known() {
    Use known = use;
    if (known == null) {
      known = reckon();
      use = known;
    }
    return known;
  }

  private Use reckon() {
    LocalDate to = view.at();
    LocalDate from = to.minusDays(DAYS - 1L);
    List<SchoolDay> days =
        district.days(school.code(), from, to).stream().filter(SchoolDay::schoolDay).toList();
    Map<String, Long> minutes = new TreeMap<>();
    List<ClassDay> all = ClassDay.of(inventory, days);
    all.forEach(day -> minutes.merge(day.name(), (long) day.use().minutes(), Long::sum));
    minutes.replaceAll((name, sum) -> Math.round((double) sum / days.size()));
    long used =
        all.stream().filter(day -> day.use().minutes() > 0).map(ClassDay::date).distinct().count();
    return new Use(from, to, days.size(), minutes, used);
  }

  private List<Sentence> agents() {
    List<AgentEntry> agents = district.agents(school.code());
    if (agents.isEmpty()) {
      return List.of(Sentence.of("self.security.no-agent"));
    }
    return List.of(Sentence.of("self.security.measured", Integer.toString(agents.size())));
  }

  /** What the register says of the item. */
  List<Sentence> registered(SelfCheckItem item) {
    return switch (item) {
      case NETWORK -> network();
      case CLASS_PLATFORM -> platforms();
      case COMPUTER_ROOM -> rooms();
      case STABILITY,
          USE,
          MOBILE_ROOM,
          IT_COURSE,
          TEACHERS,
          TITLES,
          COOPERATION,
          PLATFORMS,
          BALANCE,
          SECURITY,
          PERSON ->
          List.of();
    };
  }

  private List<Sentence> network() {
    List<Sentence> facts = new ArrayList<>();
    School.Medium medium = school.medium();
    facts.add(
        medium == null
            ? Sentence.of("self.medium.unknown")
            : Sentence.of("self.medium." + medium.name()));
    String isp = school.isp();
    facts.add(isp == null ? Sentence.of("self.isp.unknown") : Sentence.of("self.isp", isp));
    Double mbps = school.contractMbps();
    facts.add(
        mbps == null
            ? Sentence.of("self.contract.unknown")
            : Sentence.of(
                "self.contract",
                java.math.BigDecimal.valueOf(mbps).stripTrailingZeros().toPlainString()));
    return facts;
  }

  private List<Sentence> platforms() {
    List<SchoolClass> classes = inventory.classes();
    if (classes.isEmpty()) {
      return List.of(Sentence.of("self.classes.unknown"));
    }
    long declared = classes.stream().filter(SchoolClass::platformDeclared).count();
    return List.of(
        Sentence.of(
            "self.classes.platforms", Long.toString(declared), Integer.toString(classes.size())));
  }

  private List<Sentence> rooms() {
    long seats = inventory.devices().stream().filter(device -> device.kind().equals("pc")).count();
    long rooms =
        inventory.devices().stream()
            .filter(device -> device.kind().equals("pc"))
            .map(device -> device.space())
            .distinct()
            .count();
    return List.of(
        seats == 0
            ? Sentence.of("self.rooms.unknown")
            : Sentence.of("self.rooms", Long.toString(rooms), Long.toString(seats)));
  }
}
