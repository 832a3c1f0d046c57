package org.rollcall.simulator.district;

/**
 * What makes one school's story differ from another's. Rates are in 10^6 bit/s.
 *
 * @param tier A, B or C: which of the profile's targets applies
 * @param medium fibre, wired or wireless, as declared
 * @param portMbps nominal speed of the uplink's port
 * @param contractMbps what the contract promises
 * @param deliveredMbps what the line really carries; tests measure this
 * @param busyInLessons mean load during lessons, as a share of what the line delivers
 * @param testsPerDay throughput tests a day
 * @param testDays on how many days, counted back from today, tests were made at all
 * @param eduReach share of connects to the provincial network that succeed; negative: no anchor is
 *     configured
 * @param internetReach share of connects to the Internet that succeed
 * @param agentDays since how many days an agent is installed; 0: there is none
 * @param silentDays for how many days the agent has been silent; 0: it speaks
 * @param coverage which classes have a working platform
 * @param nights whether terminals are polled around the clock, and so seen off at night
 * @param gap whether the agent's spool once ran over and left a gap record
 * @param reboots whether the uplink router restarts every night
 */
public record Traits(
    String tier,
    String medium,
    double portMbps,
    double contractMbps,
    double deliveredMbps,
    double busyInLessons,
    int testsPerDay,
    int testDays,
    double eduReach,
    double internetReach,
    int agentDays,
    int silentDays,
    Coverage coverage,
    boolean nights,
    boolean gap,
    boolean reboots) {

  /** A number of days longer than any history. */
  static final int ALWAYS = 10_000;

  /** Which classes have a platform, and whether it lives. */
  public enum Coverage {
    /** Every class. */
    ALL,
    /** Every class but one. */
    ONE_MISSING,
    /** Exactly 60 of 100: 15 of 25 classes. */
    SIXTY,
    /** The nearest below: 16 of 27 classes, 59.26 %. */
    BELOW_SIXTY,
    /** Every class declares one; two in five never answer. */
    NEVER_ALIVE,
    /** Every class declares one; some went for repair four weeks of school ago and are not back. */
    IN_REPAIR
  }

  /** A tier A school in which everything is well. */
  static Traits wellA() {
    return new Traits(
        "A",
        "fibre",
        1000,
        200,
        188,
        0.3,
        4,
        ALWAYS,
        0.996,
        0.998,
        ALWAYS,
        0,
        Coverage.ALL,
        false,
        false,
        false);
  }

  /** A tier B school in which everything is well. */
  static Traits wellB() {
    return new Traits(
        "B",
        "wired",
        100,
        20,
        18.6,
        0.4,
        4,
        ALWAYS,
        0.99,
        0.997,
        ALWAYS,
        0,
        Coverage.ALL,
        false,
        false,
        false);
  }

  Traits tierC() {
    return line("wireless", 100, 8, 6.5).inTier("C");
  }

  private Traits inTier(String to) {
    return new Traits(
        to,
        medium,
        portMbps,
        contractMbps,
        deliveredMbps,
        busyInLessons,
        testsPerDay,
        testDays,
        eduReach,
        internetReach,
        agentDays,
        silentDays,
        coverage,
        nights,
        gap,
        reboots);
  }

  Traits line(String by, double port, double contract, double delivered) {
    return new Traits(
        tier,
        by,
        port,
        contract,
        delivered,
        busyInLessons,
        testsPerDay,
        testDays,
        eduReach,
        internetReach,
        agentDays,
        silentDays,
        coverage,
        nights,
        gap,
        reboots);
  }

  Traits busy(double share) {
    return new Traits(
        tier,
        medium,
        portMbps,
        contractMbps,
        deliveredMbps,
        share,
        testsPerDay,
        testDays,
        eduReach,
        internetReach,
        agentDays,
        silentDays,
        coverage,
        nights,
        gap,
        reboots);
  }

  Traits tests(int perDay, int days) {
    return new Traits(
        tier,
        medium,
        portMbps,
        contractMbps,
        deliveredMbps,
        busyInLessons,
        perDay,
        days,
        eduReach,
        internetReach,
        agentDays,
        silentDays,
        coverage,
        nights,
        gap,
        reboots);
  }

  Traits reach(double edu, double internet) {
    return new Traits(
        tier,
        medium,
        portMbps,
        contractMbps,
        deliveredMbps,
        busyInLessons,
        testsPerDay,
        testDays,
        edu,
        internet,
        agentDays,
        silentDays,
        coverage,
        nights,
        gap,
        reboots);
  }

  Traits agent(int sinceDays, int silentForDays) {
    return new Traits(
        tier,
        medium,
        portMbps,
        contractMbps,
        deliveredMbps,
        busyInLessons,
        testsPerDay,
        testDays,
        eduReach,
        internetReach,
        sinceDays,
        silentForDays,
        coverage,
        nights,
        gap,
        reboots);
  }

  Traits classes(Coverage which) {
    return new Traits(
        tier,
        medium,
        portMbps,
        contractMbps,
        deliveredMbps,
        busyInLessons,
        testsPerDay,
        testDays,
        eduReach,
        internetReach,
        agentDays,
        silentDays,
        which,
        nights,
        gap,
        reboots);
  }

  Traits roundTheClock() {
    return new Traits(
        tier,
        medium,
        portMbps,
        contractMbps,
        deliveredMbps,
        busyInLessons,
        testsPerDay,
        testDays,
        eduReach,
        internetReach,
        agentDays,
        silentDays,
        coverage,
        true,
        gap,
        reboots);
  }

  Traits withGap() {
    return new Traits(
        tier,
        medium,
        portMbps,
        contractMbps,
        deliveredMbps,
        busyInLessons,
        testsPerDay,
        testDays,
        eduReach,
        internetReach,
        agentDays,
        silentDays,
        coverage,
        nights,
        true,
        reboots);
  }

  Traits withReboots() {
    return new Traits(
        tier,
        medium,
        portMbps,
        contractMbps,
        deliveredMbps,
        busyInLessons,
        testsPerDay,
        testDays,
        eduReach,
        internetReach,
        agentDays,
        silentDays,
        coverage,
        nights,
        gap,
        true);
  }
}
