package org.rollcall.simulator.projector;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rollcall.simulator.projector.ProjectorModel.Scheme;

/**
 * One projector's state, and what it answers to a command: pure text, no connection. Any thread.
 *
 * <p>Commands are {@code %1NAME parameter}; a command of class 2 is known to a projector of class 2
 * only. ERR1: no such command; ERR2: no such parameter; ERR3: not now.
 */
public final class Projector {
  private static final Set<String> INPUTS_1 = Set.of("11", "12", "21", "31", "32");
  private static final Set<String> INPUTS_2 = Set.of("11", "1A", "21", "31", "32", "3A", "61");

  private final ProjectorModel model;
  private final PowerScript power;
  private final Clock clock;
  private String faults = "000000";
  private List<Integer> lampHours = List.of(120);
  private int filterHours = 40;
  private String input = "31";
  private String mute = "30";
  private boolean frozen;

  public Projector(ProjectorModel model, PowerScript power, Clock clock) {
    this.model = model;
    this.power = power;
    this.clock = clock;
  }

  public ProjectorModel model() {
    return model;
  }

  public Power power() {
    return power.at(clock.instant());
  }

  /** Somebody presses the button. */
  public void turn(boolean on) {
    power.turn(on, clock.instant());
  }

  /**
   * What ERST tells.
   *
   * @param digits fan, lamp, temperature, cover, filter, other: 0 well, 1 warning, 2 error each
   */
  public synchronized void faults(String digits) {
    if (digits.length() != 6 || digits.chars().anyMatch(digit -> digit < '0' || digit > '2')) {
      throw new IllegalArgumentException(digits + " are not six digits of 0, 1 and 2.");
    }
    faults = digits;
  }

  /** Hours of each lamp; none for one without lamps. */
  public synchronized void lampHours(Integer... hours) {
    lampHours = List.of(hours);
  }

  public synchronized void filterHours(int hours) {
    filterHours = hours;
  }

  /** The image it shows, 11 to 6Z. */
  public synchronized String input() {
    return input;
  }

  /**
   * The answer without its line's end.
   *
   * @param command a line without password and end, such as {@code %1POWR ?}
   * @return null where it keeps silent
   */
  synchronized @Nullable String answer(String command) {
    Power now = power.at(clock.instant());
    if (now != Power.ON && model.has(Quirk.SILENT_UNLESS_ON)) {
      return null;
    }
    if (command.length() < 7 || command.charAt(0) != '%' || command.charAt(6) != ' ') {
      return null; // what has no header is nobody's command
    }
    String head = command.substring(0, 6).toUpperCase(Locale.ROOT);
    String parameter = command.substring(7);
    return head + '=' + value(head.charAt(1), head.substring(2), parameter, now);
  }

  private String value(char commandClass, String name, String parameter, Power now) {
    boolean class2 = commandClass == '2';
    if ((commandClass != '1' && !class2) || (class2 && model.pjlinkClass() < 2)) {
      return "ERR1";
    }
    if (name.equals("CLSS")) {
      return pjlinkClass();
    }
    if (now != Power.ON && model.has(Quirk.UNAVAILABLE_UNLESS_ON)) {
      return "ERR3";
    }
    return switch (name) {
      case "POWR" -> powr(parameter, now);
      case "INPT" -> inpt(parameter, class2, now);
      case "AVMT" -> avmt(parameter, now);
      case "ERST" -> asked(parameter, model.has(Quirk.NO_COVER_SWITCH) ? noCover() : faults);
      case "LAMP" ->
          lampHours.isEmpty() || model.has(Quirk.NO_LAMP_COUNT)
              ? "ERR1"
              : asked(parameter, lamps(now));
      case "INST" -> asked(parameter, String.join(" ", sorted(class2)));
      case "NAME" -> asked(parameter, model.name());
      case "INF1" -> asked(parameter, model.maker());
      case "INF2" -> asked(parameter, model.model());
      case "INFO" -> asked(parameter, "simulated");
      default -> class2 ? class2(name, parameter, now) : "ERR1";
    };
  }

  private String pjlinkClass() {
    if (model.has(Quirk.CLASS_IN_WORDS)) {
      return "Class " + model.pjlinkClass();
    }
    String digit = String.valueOf(model.pjlinkClass());
    return model.has(Quirk.CLASS_AS_VERSION) ? "Version" + digit : digit;
  }

  private static String asked(String parameter, String value) {
    return parameter.equals("?") ? value : "ERR2";
  }

  private String powr(String parameter, Power now) {
    return switch (parameter) {
      case "?" -> String.valueOf(now.digit());
      case "0", "1" -> {
        if (now.changing()) {
          yield "ERR3";
        }
        power.turn(parameter.equals("1"), clock.instant());
        yield "OK";
      }
      default -> "ERR2";
    };
  }

  private String inpt(String parameter, boolean class2, Power now) {
    if (now != Power.ON) {
      return "ERR3";
    }
    if (parameter.equals("?")) {
      return input;
    }
    if (!(class2 ? INPUTS_2 : INPUTS_1).contains(parameter)) {
      return "ERR2";
    }
    input = parameter;
    return "OK";
  }

  private List<String> sorted(boolean class2) {
    List<String> inputs = new ArrayList<>(class2 ? INPUTS_2 : INPUTS_1);
    inputs.sort(null);
    return inputs;
  }

  private String avmt(String parameter, Power now) {
    if (now != Power.ON) {
      return "ERR3";
    }
    if (parameter.equals("?")) {
      return mute;
    }
    if (!Set.of("10", "11", "20", "21", "30", "31").contains(parameter)) {
      return "ERR2";
    }
    mute = parameter;
    return "OK";
  }

  private String noCover() {
    return faults.substring(0, 3) + '0' + faults.substring(4);
  }

  private String lamps(Power now) {
    StringBuilder text = new StringBuilder();
    for (int hours : lampHours) {
      text.append(text.isEmpty() ? "" : " ").append(hours);
      text.append(now == Power.ON ? " 1" : " 0");
    }
    return text.toString();
  }

  private String class2(String name, String parameter, Power now) {
    return switch (name) {
      case "FILT" -> asked(parameter, String.valueOf(filterHours));
      case "SNUM" -> asked(parameter, "SIM-" + model.mac().replace(":", ""));
      case "SVER" -> asked(parameter, "1.00");
      case "INNM" -> parameter.startsWith("?") ? "Input " + parameter.substring(1) : "ERR2";
      case "IRES" -> now == Power.ON ? asked(parameter, "1920x1080") : "ERR3";
      case "RRES" -> asked(parameter, "1920x1080");
      case "RLMP", "RFIL" -> asked(parameter, "ROLL-0001");
      case "FREZ" -> freeze(parameter, now);
      default -> "ERR1";
    };
  }

  private String freeze(String parameter, Power now) {
    if (now != Power.ON) {
      return "ERR3";
    }
    return switch (parameter) {
      case "?" -> frozen ? "1" : "0";
      case "0", "1" -> {
        frozen = parameter.equals("1");
        yield "OK";
      }
      default -> "ERR2";
    };
  }

  boolean asksForPassword() {
    return model.scheme() != Scheme.NONE;
  }
}
