package org.rollcall.simulator.district;

import java.util.List;

/**
 * One fictional school: what the register says of it, what stands in it, and its story.
 *
 * @param code ten digits beginning with 0: no real identifier does
 * @param township code of its sub-district
 * @param stage primary, junior or nine_year, as the register writes it
 * @param ownership public or private
 * @param setting urban, town or rural
 * @param pcs how many computers its computer room holds
 * @param pcsBroken how many of them never answer
 * @param seed from which everything it does over time follows
 */
public record SchoolPlan(
    String code,
    String name,
    String nameEn,
    String township,
    String stage,
    String ownership,
    String setting,
    int students,
    int teachers,
    double lon,
    double lat,
    List<ClassPlan> classes,
    int pcs,
    int pcsBroken,
    Scenario scenario,
    long seed) {

  /** Name of every school's uplink: its subject is {@code link:wan}. */
  public static final String LINK = "wan";

  /** ifName of the interface the line ends in. */
  public static final String LINK_IF_NAME = "GE0/0/1";

  /** The room its computers stand in. */
  public static final String ROOM = "计算机室1";

  public SchoolPlan {
    classes = List.copyOf(classes);
  }

  /** Name of the n-th computer, from 1: the second half of its subject. */
  public static String pcName(int number) {
    return "r1-%02d".formatted(number);
  }

  /** The conduct of a class's terminal. */
  public Machine terminal(ClassPlan of, Term term) {
    return new Machine(Dice.mix(seed, 1000 + classes.indexOf(of)), of.fate(), term, day -> true);
  }

  /** The conduct of the n-th computer. */
  public Machine pc(int number, Term term) {
    ComputerRoom room = new ComputerRoom(Dice.mix(seed, 5000), pcs, pcsBroken);
    return new Machine(
        Dice.mix(seed, 5000 + number),
        ClassPlan.Fate.WORKS,
        term,
        day -> room.isUsed(day) && room.isOn(number, day));
  }

  /** Computers for teaching in all: one for 8 to 21 pupils, and those of the computer room. */
  int computers() {
    return pcs + students / (8 + Dice.below(seed, 12, 14));
  }

  /** Whether an agent of this school is alive today. */
  public boolean speaks() {
    return scenario.traits().agentDays() > 0 && scenario.traits().silentDays() == 0;
  }
}
