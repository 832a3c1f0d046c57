package org.rollcall.simulator.faults;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Where the server of a run keeps what it is told. */
record StoreKinds(Observations observations, Register register) {
  /** What a server has that was set up with nothing beside it. */
  static final StoreKinds OWN = new StoreKinds(Observations.QUESTDB, Register.SQLITE);

  /** What a district's server has. */
  static final StoreKinds BESIDE = new StoreKinds(Observations.INFLUX, Register.POSTGRESQL);

  /** Of observations. */
  enum Observations {
    QUESTDB,
    INFLUX
  }

  /** Of the register. */
  enum Register {
    SQLITE,
    POSTGRESQL
  }

  /**
   * By their names in small letters.
   *
   * @throws IllegalArgumentException with the names there are
   */
  static StoreKinds parse(String observations, String register) {
    return new StoreKinds(
        find(observations, Observations.values()), find(register, Register.values()));
  }

  private static <T extends Enum<T>> T find(String name, T[] all) {
    return Arrays.stream(all)
        .filter(each -> name(each).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    name + " is none of " + Arrays.stream(all).map(StoreKinds::name).toList()));
  }

  private static String name(Enum<?> kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** Observations' and register's, e.g. {@code [influx, postgresql]}. */
  List<String> names() {
    return List.of(name(observations), name(register));
  }
}
