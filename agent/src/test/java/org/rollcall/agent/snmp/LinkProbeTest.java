package org.rollcall.agent.snmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rollcall.protocol.v1.Observation;
import org.snmp4j.PDU;
import org.snmp4j.smi.Counter32;
import org.snmp4j.smi.Counter64;
import org.snmp4j.smi.Gauge32;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.TimeTicks;
import org.snmp4j.smi.VariableBinding;

/** The probe against a responder that answers late, twice, wrongly or not at all. */
class LinkProbeTest {

  private final HandClock clock = new HandClock();
  private final FakeDevice device = new FakeDevice();
  private final SnmpSession session = new SnmpSession(clock);
  private PortsProbe probe = probe("Gi0/1");

  private PortsProbe probe(String ifName) {
    return probe(ifName, LocalDevice.patient());
  }

  private PortsProbe probe(String ifName, SnmpSettings settings) {
    SnmpDevice at = LocalDevice.at(session, clock, device.port(), "public", settings);
    return PortsProbe.link("link:wan", ifName, Duration.ofSeconds(60), at);
  }

  @BeforeEach
  void start() {
    session.start();
    uptime(100_000);
    port(7, "Gi0/1");
    octets(7, 1_000_000, 2_000_000);
  }

  @AfterEach
  void stop() {
    session.close();
    device.close();
  }

  private void uptime(long ticks) {
    device.put(Oids.SYS_UP_TIME, new TimeTicks(ticks));
  }

  private void port(long index, String name) {
    device
        .put(Oids.at(Oids.IF_NAME, index), new OctetString(name))
        .put(Oids.at(Oids.IF_DESCR, index), new OctetString("Gigabit " + name))
        .put(Oids.at(Oids.IF_TYPE, index), new Integer32(6))
        .put(Oids.at(Oids.IF_SPEED, index), new Gauge32(1_000_000_000))
        .put(Oids.at(Oids.IF_HIGH_SPEED, index), new Gauge32(1000))
        .put(Oids.at(Oids.IF_ADMIN_STATUS, index), new Integer32(1))
        .put(Oids.at(Oids.IF_OPER_STATUS, index), new Integer32(1))
        .put(Oids.at(Oids.IF_COUNTER_DISCONTINUITY_TIME, index), new TimeTicks(0));
  }

  private void octets(long index, long in, long out) {
    device
        .put(Oids.at(Oids.IF_HC_IN_OCTETS, index), new Counter64(in))
        .put(Oids.at(Oids.IF_HC_OUT_OCTETS, index), new Counter64(out))
        .put(Oids.at(Oids.IF_IN_OCTETS, index), new Counter32(in & 0xffff_ffffL))
        .put(Oids.at(Oids.IF_OUT_OCTETS, index), new Counter32(out & 0xffff_ffffL));
  }

  /** And not part of a walk. */
  private static boolean isAPoll(PDU answer) {
    return answer.get(0).getOid().equals(Oids.SYS_UP_TIME);
  }

  private Observation look() {
    return LocalDevice.await(probe.run(clock.instant())).get(0);
  }

  private Observation lookAfter(long seconds, long uptimeTicks) {
    clock.pass(seconds);
    uptime(uptimeTicks);
    return look();
  }

  @Test
  void theSecondLookTellsTheRate() {
    Observation first = look();
    assertThat(first.getSubject()).isEqualTo("link:wan");
    assertThat(first.getReason()).isEqualTo("first-sample");
    assertThat(first.getMeasuresMap()).containsOnlyKeys("up", "speedBitsPerSecond", "counterBits");

    octets(7, 8_500_000, 2_750_000);
    Observation second = lookAfter(60, 106_000);
    assertThat(second.getReason()).isEmpty();
    assertThat(second.getTimeMillis()).isEqualTo(clock.millis());
    assertThat(second.getMeasuresMap())
        .containsEntry("up", 1.0)
        .containsEntry("speedBitsPerSecond", 1e9)
        .containsEntry("inBitsPerSecond", 1e6)
        .containsEntry("outBitsPerSecond", 1e5)
        .containsEntry("intervalSeconds", 60.0)
        .containsEntry("counterBits", 64.0)
        .hasSize(6);
  }

  @Test
  void anIndexThatMovedAfterARestartIsFoundAgainByItsName() {
    look();
    device.remove(Oids.at(Oids.IF_NAME, 7));
    port(7, "Gi0/2");
    port(9, "Gi0/1");
    octets(9, 500, 500);
    Observation moved = lookAfter(60, 2_000);
    assertThat(moved.getReason()).isEqualTo("rebooted");
    octets(9, 7_500_500, 500);
    octets(7, 999_999_999, 999_999_999);
    Observation next = lookAfter(60, 8_000);
    assertThat(next.getMeasuresMap()).containsEntry("inBitsPerSecond", 1e6);
  }

  @Test
  void aPolledLinkCostsOneRequest() {
    look();
    int before = device.requests.get();
    lookAfter(60, 106_000);
    assertThat(device.requests.get() - before).isEqualTo(1);
  }

  @Test
  void aNameNobodyHasIsSaidAndNotLookedForAtEveryLook() {
    probe = probe("Gi0/99");
    assertThat(look().getReason()).isEqualTo("no-such-interface");
    int before = device.requests.get();
    assertThat(lookAfter(60, 106_000).getReason()).isEqualTo("no-such-interface");
    assertThat(device.requests.get()).isEqualTo(before);
    port(11, "Gi0/99");
    octets(11, 1, 1);
    assertThat(lookAfter(300, 136_000).getReason()).isEqualTo("first-sample");
  }

  @Test
  void aDeviceWithoutIfNameIsSearchedByIfDescr() {
    device.remove(Oids.at(Oids.IF_NAME, 7));
    probe = probe("Gigabit Gi0/1");
    assertThat(look().getReason()).isEqualTo("first-sample");
  }

  @Test
  void aNamePaddedWithNulsIsTheName() {
    device.put(Oids.at(Oids.IF_NAME, 7), new OctetString(new byte[] {'e', 't', 'h', '0', 0}));
    probe = probe("eth0");
    assertThat(look().getReason()).isEqualTo("first-sample");
  }

  @Test
  void twoInterfacesOfOneNameAreNotGuessedBetween() {
    port(8, "Gi0/1");
    assertThat(look().getReason()).isEqualTo("ambiguous-interface");
  }

  @Test
  void silenceIsATimeoutWithoutAnyMeasureAndTheNextAnswerCountsOn() {
    probe = probe("Gi0/1", LocalDevice.fair());
    look();
    device.manner(answer -> List.of());
    Observation silent = lookAfter(60, 106_000);
    assertThat(silent.getReason()).isEqualTo("timeout");
    assertThat(silent.getMeasuresMap()).isEmpty();
    device.manner(List::of);
    octets(7, 16_000_000, 2_000_000);
    Observation next = lookAfter(60, 112_000);
    assertThat(next.getMeasuresMap())
        .containsEntry("inBitsPerSecond", 1e6)
        .containsEntry("intervalSeconds", 120.0);
  }

  @Test
  void anAnswerThatComesTwiceCountsOnce() {
    device.manner(answer -> List.of(answer, answer));
    look();
    octets(7, 8_500_000, 2_000_000);
    assertThat(lookAfter(60, 106_000).getMeasuresMap()).containsEntry("inBitsPerSecond", 1e6);
    octets(7, 16_000_000, 2_000_000);
    assertThat(lookAfter(60, 112_000).getMeasuresMap()).containsEntry("inBitsPerSecond", 1e6);
    await().until(() -> session.pending() == 0);
  }

  @Test
  void anAnswerThatComesTooLateIsNotTakenForTheNextOne() {
    probe = probe("Gi0/1", LocalDevice.fair());
    look();
    AtomicReference<PDU> late = new AtomicReference<>();
    device.manner(
        answer -> {
          late.set(answer);
          return List.of();
        });
    octets(7, 100_000_000, 100_000_000);
    assertThat(lookAfter(60, 106_000).getReason()).isEqualTo("timeout");
    // The late one comes before the right one to the next request.
    PDU old = late.get();
    device.manner(answer -> List.of(old, answer));
    octets(7, 16_000_000, 2_000_000);
    assertThat(lookAfter(60, 112_000).getMeasuresMap()).containsEntry("inBitsPerSecond", 1e6);
  }

  @Test
  void valuesOfAWrongTypeAreMissingValues() {
    look();
    device
        .put(Oids.at(Oids.IF_HC_IN_OCTETS, 7), new OctetString("many"))
        .put(Oids.at(Oids.IF_IN_OCTETS, 7), new OctetString("many"))
        .put(Oids.at(Oids.IF_OPER_STATUS, 7), new OctetString("up"))
        .put(Oids.at(Oids.IF_SPEED, 7), new Integer32(-1))
        .put(Oids.at(Oids.IF_HIGH_SPEED, 7), new OctetString(""));
    Observation odd = lookAfter(60, 106_000);
    assertThat(odd.getReason()).isEqualTo("no-counters");
    assertThat(odd.getMeasuresMap()).isEmpty();
  }

  @Test
  void anUptimeThatIsNoTimeIsMissing() {
    device.put(Oids.SYS_UP_TIME, new OctetString("two days"));
    Observation odd = look();
    assertThat(odd.getReason()).isEqualTo("no-uptime");
    assertThat(odd.getMeasuresMap()).containsKeys("up", "speedBitsPerSecond");
  }

  @Test
  void valuesInAnotherOrderAreFoundByTheirOid() {
    device.manner(
        answer -> {
          PDU turned = new PDU();
          turned.setType(PDU.RESPONSE);
          turned.setRequestID(answer.getRequestID());
          for (int i = answer.size() - 1; i >= 0; i--) {
            turned.add(answer.get(i));
          }
          return List.of(isAPoll(answer) ? turned : answer);
        });
    look();
    octets(7, 8_500_000, 2_000_000);
    assertThat(lookAfter(60, 106_000).getMeasuresMap()).containsEntry("inBitsPerSecond", 1e6);
  }

  @Test
  void anAnswerAboutSomethingElseIsNoAnswerAboutTheLink() {
    look();
    device.manner(
        answer -> {
          PDU other = new PDU();
          other.setType(PDU.RESPONSE);
          other.setRequestID(answer.getRequestID());
          other.add(new VariableBinding(Oids.SNMP_ENGINE_TIME, new Integer32(5)));
          return List.of(other);
        });
    Observation odd = lookAfter(60, 106_000);
    assertThat(odd.getReason()).isIn("no-interfaces", "bad-answer");
    assertThat(odd.getMeasuresMap()).isEmpty();
  }

  @Test
  void oneObjectTheDeviceRefusesDoesNotTakeTheOthersWithIt() {
    device.manner(
        answer -> {
          for (int i = 0; i < answer.size() && isAPoll(answer); i++) {
            if (answer.get(i).getOid().startsWith(Oids.IF_COUNTER_DISCONTINUITY_TIME)) {
              PDU refusal = new PDU();
              refusal.setType(PDU.RESPONSE);
              refusal.setRequestID(answer.getRequestID());
              refusal.setErrorStatus(PDU.genErr);
              refusal.setErrorIndex(i + 1);
              answer.getVariableBindings().forEach(refusal::add);
              return List.of(refusal);
            }
          }
          return List.of(answer);
        });
    look();
    octets(7, 8_500_000, 2_000_000);
    assertThat(lookAfter(60, 106_000).getMeasuresMap()).containsEntry("inBitsPerSecond", 1e6);
  }

  @Test
  void countersGoingBackwardsCostOneInterval() {
    look();
    octets(7, 10, 10);
    Observation back = lookAfter(60, 106_000);
    assertThat(back.getReason()).isEqualTo("counter-backwards");
    assertThat(back.getMeasuresMap()).containsKey("up").doesNotContainKey("inBitsPerSecond");
    octets(7, 7_500_010, 10);
    assertThat(lookAfter(60, 112_000).getMeasuresMap()).containsEntry("inBitsPerSecond", 1e6);
  }

  @Test
  void counters64ThatNeverMoveWhileTheOthersDoAreNotUsed() {
    device
        .put(Oids.at(Oids.IF_HC_IN_OCTETS, 7), new Counter64(0))
        .put(Oids.at(Oids.IF_HC_OUT_OCTETS, 7), new Counter64(0))
        .put(Oids.at(Oids.IF_SPEED, 7), new Gauge32(100_000_000))
        .put(Oids.at(Oids.IF_HIGH_SPEED, 7), new Gauge32(100));
    look();
    device.put(Oids.at(Oids.IF_IN_OCTETS, 7), new Counter32(8_500_000));
    assertThat(lookAfter(60, 106_000).getMeasuresMap())
        .containsEntry("counterBits", 32.0)
        .containsEntry("inBitsPerSecond", 1e6);
  }

  @Test
  void aLinkThatIsDownIsSeenAsDown() {
    device.put(Oids.at(Oids.IF_OPER_STATUS, 7), new Integer32(7));
    assertThat(look().getMeasuresMap()).containsEntry("up", 0.0);
  }

  @Test
  void aStateTheDeviceDoesNotKnowIsNotGuessed() {
    look();
    device.put(Oids.at(Oids.IF_OPER_STATUS, 7), new Integer32(4));
    Observation unknown = lookAfter(60, 106_000);
    assertThat(unknown.getMeasuresMap()).doesNotContainKey("up").containsKey("inBitsPerSecond");
    assertThat(unknown.getReason()).isEqualTo("state-unknown");
  }
}
