package org.rollcall.simulator.campus;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.rollcall.simulator.district.ClassPlan;
import org.rollcall.simulator.district.Machine;
import org.rollcall.simulator.district.RegisteredDevice;
import org.rollcall.simulator.district.SchoolPlan;
import org.rollcall.simulator.district.Term;
import org.rollcall.simulator.projector.Power;
import org.rollcall.simulator.projector.PowerScript;
import org.rollcall.simulator.projector.Projector;
import org.rollcall.simulator.projector.ProjectorModel;
import org.rollcall.simulator.projector.ProjectorModel.Scheme;
import org.rollcall.simulator.projector.Projectors;
import org.rollcall.simulator.projector.Quirk;

/**
 * Projectors in some classrooms of some schools, switched on and off with the class's terminal.
 * They are of different makes: with and without a password, and with the manners of their kind.
 */
final class ClassProjectors implements AutoCloseable {
  /** Every so many-th school has some. */
  private static final int SCHOOLS = 4;

  /** How many classes of such a school. */
  private static final int CLASSES = 2;

  private static final Duration WARMING = Duration.ofSeconds(40);

  private final Projectors projectors;
  private final Clock clock;
  private int made;

  ClassProjectors(Clock clock) {
    this.clock = clock;
    this.projectors = new Projectors(clock, new SplittableRandom(1));
  }

  void start() {
    projectors.start();
  }

  /**
   * The projectors of one school; none for most.
   *
   * @param number which school of the district it is, from 0
   */
  List<RegisteredDevice> of(SchoolPlan school, int number, Term term, LocalDate today) {
    List<RegisteredDevice> devices = new ArrayList<>();
    if (number % SCHOOLS != 0) {
      return devices;
    }
    for (ClassPlan plan : school.classes()) {
      if (plan.fate() == ClassPlan.Fate.WORKS && devices.size() < CLASSES) {
        String name = "p" + plan.terminal().substring(1);
        String address = seat(name, school.terminal(plan, term), today);
        devices.add(
            new RegisteredDevice(
                school.code(),
                plan.name(),
                "projector",
                name,
                address,
                "pjlink credential=" + Campus.PROJECTORS));
      }
    }
    return devices;
  }

  private String seat(String name, Machine machine, LocalDate today) {
    int number = made++;
    ProjectorModel model =
        switch (number % 4) {
          case 0 -> ProjectorModel.plain(2).with(Scheme.SHA256, Campus.PROJECTOR_PASSWORD);
          case 1 -> ProjectorModel.plain(1).with(Scheme.MD5, Campus.PROJECTOR_PASSWORD);
          case 2 -> ProjectorModel.plain(1).with(Quirk.CLASS_IN_WORDS, Quirk.ENDS_LINES_WITH_CRLF);
          default -> ProjectorModel.plain(2).with(Quirk.CLASS_AS_VERSION, Quirk.NO_LAMP_COUNT);
        };
    PowerScript power = now -> power(machine, today, now);
    Projector projector = new Projector(model.named(name), power, clock);
    projector.lampHours(300 + 173 * number % 2_600);
    projector.filterHours(50 + 97 * number % 900);
    if (number % 5 == 3) {
      projector.faults("000010"); // a filter that wants cleaning
    }
    return projectors.add(projector).address();
  }

  private static Power power(Machine machine, LocalDate today, Instant now) {
    return machine
        .onSince(now, today)
        .map(since -> now.isBefore(since.plus(WARMING)) ? Power.WARMING : Power.ON)
        .orElse(Power.STANDBY);
  }

  @Override
  public void close() {
    projectors.close();
  }
}
