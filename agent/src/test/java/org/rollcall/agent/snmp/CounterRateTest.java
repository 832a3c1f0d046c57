package org.rollcall.agent.snmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.agent.snmp.CounterRate.Gap;
import org.rollcall.agent.snmp.CounterRate.Outcome;
import org.rollcall.agent.snmp.CounterRate.Rate;
import org.rollcall.agent.snmp.CounterRate.Sample;

class CounterRateTest {

  private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
  private static final long GIGABIT = 1_000_000_000L;
  private static final long WRAP = 1L << 32;

  private final CounterRate rate = new CounterRate();

  /** A sample of a 64-bit interface at 1 Gbit/s. */
  private static Sample wide(long second, long uptimeTicks, long in, long out) {
    return new Sample(START.plusSeconds(second), 7, uptimeTicks, 0, 64, in, out, GIGABIT);
  }

  private static Sample narrow(long second, long uptimeTicks, long in, long out, long speed) {
    return new Sample(START.plusSeconds(second), 7, uptimeTicks, 0, 32, in, out, speed);
  }

  private static void assertGap(Outcome outcome, String reason) {
    assertThat(outcome).isEqualTo(new Gap(reason));
  }

  private static Rate assertRate(Outcome outcome, double in, double out) {
    assertThat(outcome).isInstanceOf(Rate.class);
    Rate found = (Rate) outcome;
    assertThat(found.inBitsPerSecond()).isCloseTo(in, within(0.001));
    assertThat(found.outBitsPerSecond()).isCloseTo(out, within(0.001));
    return found;
  }

  @Test
  void theFirstSampleHasNothingToCompareWith() {
    assertGap(rate.next(wide(0, 1000, 5, 5)), "first-sample");
  }

  @Test
  void theRateIsTheDifferenceOverTheDevicesOwnTime() {
    rate.next(wide(0, 100_000, 1_000_000, 500_000));
    // The answer came two seconds late; the device measured 60 s all the same.
    Rate found = assertRate(rate.next(wide(62, 106_000, 8_500_000, 1_250_000)), 1_000_000, 100_000);
    assertThat(found.intervalSeconds()).isEqualTo(60.0);
  }

  @Test
  void aCounterThatStandsStillIsARateOfZero() {
    rate.next(wide(0, 100_000, 7, 7));
    assertRate(rate.next(wide(60, 106_000, 7, 7)), 0, 0);
  }

  @Test
  void aMissedPollIsAveragedOverTheLongerTime() {
    rate.next(wide(0, 100_000, 0, 0));
    Rate found = assertRate(rate.next(wide(180, 118_000, 22_500_000, 0)), 1_000_000, 0);
    assertThat(found.intervalSeconds()).isEqualTo(180.0);
  }

  @Test
  void aRestartGivesNoRateAndTheNextSampleDoes() {
    rate.next(wide(0, 90_000_000, 5_000_000_000L, 0));
    assertGap(rate.next(wide(60, 3_000, 1_000, 0)), "rebooted");
    assertRate(rate.next(wide(120, 9_000, 7_501_000, 0)), 1_000_000, 0);
  }

  @Test
  void aRestartIsSeenEvenWhenTheUptimeIsHigherThanBefore() {
    rate.next(wide(0, 3_000, 1_000, 0));
    // Two hours later the device has been up for 100 s: it started in between, though 10,000 >
    // 3,000.
    assertGap(rate.next(wide(7_200, 10_000, 2_000, 0)), "rebooted");
  }

  /** librenms #13896 and #1426: the 497-day wrap of sysUpTime was shown as a reboot. */
  @Test
  void theWrapOfTheUptimeAfter497DaysIsNoRestart() {
    rate.next(wide(0, WRAP - 2_000, 1_000_000, 1_000_000));
    Rate found = assertRate(rate.next(wide(60, 4_000, 8_500_000, 1_000_000)), 1_000_000, 0);
    assertThat(found.intervalSeconds()).isEqualTo(60.0);
  }

  @Test
  void aWrapDuringALongOutageIsNoRestartEither() {
    rate.next(wide(0, WRAP - 2_000, 0, 0));
    assertRate(rate.next(wide(3 * 3600, 3 * 3600 * 100 - 2_000, 0, 0)), 0, 0);
  }

  @Test
  void aRestartJustBeforeTheWrapWouldHaveComeIsARestart() {
    rate.next(wide(0, WRAP - 20_000, 1_000_000, 0));
    assertGap(rate.next(wide(60, 4_000, 1_000, 0)), "rebooted");
  }

  /**
   * manubulon-snmp #62, nagios-plugins #410, monitoring-plugins #2257: a reboot was taken for an
   * overflow of the counter, and 2^32 was added: a spike.
   */
  @Test
  void aCounterThatARestartSetToZeroIsNotTakenForAnOverflow() {
    long hundredMegabit = 100_000_000L;
    rate.next(narrow(0, 50_000_000, 4_000_000_000L, 4_000_000_000L, hundredMegabit));
    assertGap(rate.next(narrow(60, 2_000, 12_000, 9_000, hundredMegabit)), "rebooted");
    assertRate(rate.next(narrow(120, 8_000, 762_000, 9_000, hundredMegabit)), 100_000, 0);
  }

  @Test
  void aCounterResetWithoutARestartIsCaughtByTheSpeedOfTheLink() {
    long hundredMegabit = 100_000_000L;
    rate.next(narrow(0, 100_000, 1_000_000_000L, 0, hundredMegabit));
    // Taken for a wrap it would be 439 Mbit/s.
    assertGap(rate.next(narrow(60, 106_000, 0, 0, hundredMegabit)), "rate-above-speed");
  }

  /**
   * Ozark-Connect/NetworkOptimizer PR 764: after one negative delta the device never reported
   * again.
   */
  @Test
  void aCounterThatWentBackwardsCostsOneIntervalAndNotAllThatFollow() {
    rate.next(wide(0, 100_000, 900_000_000, 900_000_000));
    assertGap(rate.next(wide(60, 106_000, 1_000, 900_000_000)), "counter-backwards");
    assertRate(rate.next(wide(120, 112_000, 7_501_000, 900_000_000)), 1_000_000, 0);
    assertRate(rate.next(wide(180, 118_000, 15_001_000, 900_000_000)), 1_000_000, 0);
  }

  /** OtisPresley/snmp-switch-manager #90: a throughput below zero. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void noRateIsEverBelowZeroOrAboveTheLinkWhateverTheCountersDo(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    long second = 0;
    for (int i = 0; i < 2_000; i++) {
      second += random.nextLong(1, 400);
      int bits = random.nextBoolean() ? 32 : 64;
      long bound = bits == 32 ? WRAP : Long.MAX_VALUE;
      Sample sample =
          new Sample(
              START.plusSeconds(second),
              7,
              random.nextInt(4) == 0 ? random.nextLong(WRAP) : (second * 100) & (WRAP - 1),
              random.nextInt(20) == 0 ? random.nextLong(WRAP) : 0,
              bits,
              random.nextInt(3) == 0 ? random.nextLong(bound) : second * 1_000,
              random.nextInt(3) == 0 ? random.nextLong(bound) : second * 2_000,
              GIGABIT);
      if (rate.next(sample) instanceof Rate found) {
        assertThat(found.inBitsPerSecond()).as("seed %s", seed).isBetween(0.0, 1.1e9);
        assertThat(found.outBitsPerSecond()).as("seed %s", seed).isBetween(0.0, 1.1e9);
        assertThat(found.intervalSeconds()).as("seed %s", seed).isPositive();
      }
    }
  }

  @Test
  void aCounter64IsNeverGivenAnotherTwoToTheSixtyFour() {
    rate.next(wide(0, 100_000, -10, 0)); // 2^64 - 10, unsigned
    assertGap(rate.next(wide(60, 106_000, 90, 0)), "counter-backwards");
  }

  @Test
  void aCounter64AboveTwoToTheSixtyThreeCountsOn() {
    rate.next(wide(0, 100_000, Long.MAX_VALUE - 1_000, 0));
    assertRate(rate.next(wide(60, 106_000, Long.MIN_VALUE + 7_498_999, 0)), 1_000_000, 0);
  }

  @Test
  void aDiscontinuityTheDeviceTellsGivesNoRateAndTheNextSampleDoes() {
    rate.next(wide(0, 100_000, 1_000_000, 0));
    Sample jumped =
        new Sample(START.plusSeconds(60), 7, 106_000, 104_000, 64, 2_000_000, 0, GIGABIT);
    assertGap(rate.next(jumped), "discontinuity");
    Sample after =
        new Sample(START.plusSeconds(120), 7, 112_000, 104_000, 64, 9_500_000, 0, GIGABIT);
    assertRate(rate.next(after), 1_000_000, 0);
  }

  @Test
  void aCounter32ThatWrappedOnceIsCountedOn() {
    long hundredMegabit = 100_000_000L;
    rate.next(narrow(0, 100_000, WRAP - 1_000_000, 0, hundredMegabit));
    assertRate(rate.next(narrow(60, 106_000, 6_500_000, 0, hundredMegabit)), 1_000_000, 0);
  }

  @Test
  void aCounter32PolledSlowerThanItCanWrapIsAmbiguous() {
    // At 1 Gbit/s a wrap takes 34 s.
    rate.next(narrow(0, 100_000, 1_000, 0, GIGABIT));
    assertGap(rate.next(narrow(60, 106_000, 2_000, 0, GIGABIT)), "wrap-ambiguous");
    assertRate(rate.next(narrow(90, 109_000, 3_752_000, 0, GIGABIT)), 1_000_000, 0);
  }

  @Test
  void aCounter32OfALinkWithoutASpeedHasNoKnownWrapTime() {
    rate.next(narrow(0, 100_000, 1_000, 0, 0));
    assertGap(rate.next(narrow(60, 106_000, 2_000, 0, 0)), "speed-unknown");
  }

  @Test
  void aCounter64OfALinkWithoutASpeedGivesARateWithinReason() {
    rate.next(new Sample(START, 7, 100_000, 0, 64, 0, 0, 0));
    assertRate(
        rate.next(new Sample(START.plusSeconds(60), 7, 106_000, 0, 64, 7_500_000, 0, 0)),
        1_000_000,
        0);
    assertGap(
        rate.next(new Sample(START.plusSeconds(120), 7, 112_000, 0, 64, 1L << 60, 0, 0)),
        "rate-above-speed");
  }

  @Test
  void moreThanATenthAboveTheSpeedIsRejectedAndTheNextSampleIsNot() {
    rate.next(wide(0, 100_000, 0, 0));
    long tooMuch = (long) (1.11e9 / 8 * 60);
    assertGap(rate.next(wide(60, 106_000, tooMuch, 0)), "rate-above-speed");
    long justEnough = (long) (1.09e9 / 8 * 60);
    assertRate(rate.next(wide(120, 112_000, tooMuch + justEnough, 0)), justEnough * 8 / 60.0, 0);
  }

  @Test
  void aLinkThatNegotiatedDownIsMeasuredAgainstTheFasterSpeed() {
    rate.next(new Sample(START, 7, 100_000, 0, 64, 0, 0, GIGABIT));
    Sample slower =
        new Sample(START.plusSeconds(60), 7, 106_000, 0, 64, 3_750_000_000L, 0, 100_000_000);
    assertRate(rate.next(slower), 500_000_000, 0);
  }

  @Test
  void anUptimeThatStandsStillGivesNoRate() {
    rate.next(wide(0, 100_000, 0, 0));
    assertGap(rate.next(wide(60, 100_000, 7_500_000, 0)), "uptime-disagrees");
  }

  @Test
  void anUptimeThatRunsTwiceAsFastGivesNoRate() {
    rate.next(wide(0, 100_000, 0, 0));
    assertGap(rate.next(wide(600, 220_000, 7_500_000, 0)), "uptime-disagrees");
  }

  @Test
  void aStepOfTheAgentsClockCostsOneInterval() {
    rate.next(wide(0, 100_000, 0, 0));
    assertGap(rate.next(wide(-3_600, 106_000, 7_500_000, 0)), "uptime-disagrees");
    assertRate(rate.next(wide(-3_540, 112_000, 15_000_000, 0)), 1_000_000, 0);
  }

  @Test
  void twoAnswersOfOneMomentGiveNoRate() {
    rate.next(wide(0, 100_000, 0, 0));
    assertGap(rate.next(wide(0, 100_000, 0, 0)), "interval-too-short");
  }

  @Test
  void aCounterThatChangesItsWidthIsAnotherCounter() {
    rate.next(wide(0, 100_000, 0, 0));
    assertGap(rate.next(narrow(30, 103_000, 1_000, 0, GIGABIT)), "counter-changed");
    assertRate(rate.next(narrow(60, 106_000, 3_751_000, 0, GIGABIT)), 1_000_000, 0);
  }
}
