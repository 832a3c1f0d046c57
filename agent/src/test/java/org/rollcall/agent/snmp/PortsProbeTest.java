package org.rollcall.agent.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rollcall.agent.probe.Probe;
import org.rollcall.protocol.v1.Observation;
import org.snmp4j.PDU;
import org.snmp4j.smi.Counter32;
import org.snmp4j.smi.Counter64;
import org.snmp4j.smi.Gauge32;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.TimeTicks;

/** Many ports of one device, its version, and what it does to whoever asks it. */
class PortsProbeTest {

  private final HandClock clock = new HandClock();
  private final FakeDevice device = new FakeDevice();
  private final SnmpSession session = new SnmpSession(clock);

  @BeforeEach
  void start() {
    session.start();
    uptime(100_000);
    for (int i = 1; i <= 12; i++) {
      port(i, "Gi0/" + i);
      octets(i, 1_000_000);
    }
  }

  @AfterEach
  void stop() {
    session.close();
    device.close();
  }

  private SnmpDevice at(SnmpVersion version, String community, SnmpSettings settings) {
    return LocalDevice.at(
        session,
        clock,
        device.port(),
        new CommunityAccess(session, version, community, settings),
        settings);
  }

  private PortsProbe probe(SnmpDevice at, int... wanted) {
    List<Port> ports = new ArrayList<>();
    for (int i : wanted) {
      ports.add(new Port("link:p" + i, "Gi0/" + i));
    }
    return new PortsProbe(new HostState("switch:s1"), ports, Duration.ofSeconds(60), at);
  }

  private PortsProbe probe(int... wanted) {
    return probe(at(SnmpVersion.V2C, "public", LocalDevice.patient()), wanted);
  }

  private void uptime(long ticks) {
    device.put(Oids.SYS_UP_TIME, new TimeTicks(ticks));
  }

  private void port(long index, String name) {
    device
        .put(Oids.at(Oids.IF_NAME, index), new OctetString(name))
        .put(Oids.at(Oids.IF_DESCR, index), new OctetString(name))
        .put(Oids.at(Oids.IF_TYPE, index), new Integer32(6))
        .put(Oids.at(Oids.IF_SPEED, index), new Gauge32(100_000_000))
        .put(Oids.at(Oids.IF_HIGH_SPEED, index), new Gauge32(100))
        .put(Oids.at(Oids.IF_ADMIN_STATUS, index), new Integer32(1))
        .put(Oids.at(Oids.IF_OPER_STATUS, index), new Integer32(1))
        .put(Oids.at(Oids.IF_COUNTER_DISCONTINUITY_TIME, index), new TimeTicks(0));
  }

  private void octets(long index, long octets) {
    device
        .put(Oids.at(Oids.IF_HC_IN_OCTETS, index), new Counter64(octets))
        .put(Oids.at(Oids.IF_HC_OUT_OCTETS, index), new Counter64(octets))
        .put(Oids.at(Oids.IF_IN_OCTETS, index), new Counter32(octets & 0xffff_ffffL))
        .put(Oids.at(Oids.IF_OUT_OCTETS, index), new Counter32(octets & 0xffff_ffffL));
  }

  private Map<String, Observation> look(Probe probe) {
    Map<String, Observation> seen = new LinkedHashMap<>();
    LocalDevice.await(probe.run(clock.instant()))
        .forEach(
            observation -> assertThat(seen.put(observation.getSubject(), observation)).isNull());
    assertThat(seen.keySet()).containsExactlyInAnyOrderElementsOf(probe.subjects());
    return seen;
  }

  private Map<String, Observation> lookAfter(Probe probe, long seconds, long uptimeTicks) {
    clock.pass(seconds);
    uptime(uptimeTicks);
    return look(probe);
  }

  private static Observation of(Map<String, Observation> seen, String subject) {
    Observation one = seen.get(subject);
    if (one == null) {
      throw new AssertionError(subject + " is missing in " + seen.keySet());
    }
    return one;
  }

  @Test
  void tenPortsAndTheSwitchCostOneRequest() {
    PortsProbe probe = probe(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    look(probe);
    for (int i = 1; i <= 10; i++) {
      octets(i, 1_000_000 + i * 750_000L);
    }
    int before = device.requests.get();
    Map<String, Observation> seen = lookAfter(probe, 60, 106_000);
    assertThat(device.requests.get() - before).isEqualTo(1);
    assertThat(of(seen, "switch:s1").getMeasuresMap())
        .containsEntry("up", 1.0)
        .containsEntry("uptimeSeconds", 1060.0);
    for (int i = 1; i <= 10; i++) {
      assertThat(of(seen, "link:p" + i).getMeasuresMap())
          .containsEntry("inBitsPerSecond", i * 1e5)
          .containsEntry("up", 1.0)
          .containsEntry("speedBitsPerSecond", 1e8);
    }
  }

  @Test
  void onePortThatIsNotThereDoesNotTakeTheOthersWithIt() {
    PortsProbe probe = probe(1, 99, 2);
    Map<String, Observation> seen = look(probe);
    assertThat(of(seen, "link:p99").getReason()).isEqualTo("no-such-interface");
    assertThat(of(seen, "link:p1").getReason()).isEqualTo("first-sample");
    int before = device.requests.get();
    assertThat(of(lookAfter(probe, 60, 106_000), "link:p2").getReason()).isEmpty();
    assertThat(device.requests.get() - before).isEqualTo(1);
  }

  @Test
  void namesAreNotWalkedAgainAfterARestartThatChangedNone() {
    PortsProbe probe = probe(1, 2);
    look(probe);
    int before = device.requests.get();
    Map<String, Observation> seen = lookAfter(probe, 60, 500);
    // The lean request showed the restart, the whole one that the names are the same.
    assertThat(device.requests.get() - before).isEqualTo(2);
    assertThat(of(seen, "link:p1").getReason()).isEqualTo("rebooted");
    assertThat(of(lookAfter(probe, 60, 6_500), "link:p1").getReason()).isEmpty();
  }

  @Test
  void aTableThatChangedIsReadByNameBeforeItIsBelieved() {
    device.put(Oids.IF_TABLE_LAST_CHANGE, new TimeTicks(10));
    PortsProbe probe = probe(1);
    look(probe);
    port(1, "Gi0/50");
    port(60, "Gi0/1");
    octets(60, 5);
    octets(1, 99_000_000);
    device.put(Oids.IF_TABLE_LAST_CHANGE, new TimeTicks(105_000));
    Observation moved = of(lookAfter(probe, 60, 106_000), "link:p1");
    assertThat(moved.getReason()).isEqualTo("counter-changed");
    octets(60, 750_005);
    assertThat(of(lookAfter(probe, 60, 112_000), "link:p1").getMeasuresMap())
        .containsEntry("inBitsPerSecond", 1e5);
  }

  @Test
  void whatCameBeforeTheDeviceFellSilentIsTold() {
    PortsProbe probe =
        probe(at(SnmpVersion.V2C, "public", LocalDevice.fair()), 1, 2, 3, 4, 5, 6, 7, 8);
    device.manner(
        answer ->
            answer.getVariableBindings().stream()
                    .anyMatch(b -> b.getOid().equals(Oids.at(Oids.IF_HC_IN_OCTETS, 5)))
                ? List.of()
                : List.of(answer));
    Map<String, Observation> seen = look(probe);
    assertThat(of(seen, "switch:s1").getMeasuresMap()).containsEntry("up", 1.0);
    assertThat(of(seen, "link:p4").getReason()).isEqualTo("first-sample");
    assertThat(of(seen, "link:p5").getReason()).isEqualTo("timeout");
    assertThat(of(seen, "link:p8").getMeasuresMap()).isEmpty();
  }

  @Test
  void aSilentSwitchIsDownAndItsLinksAreUnknown() {
    device.manner(answer -> List.of());
    Map<String, Observation> seen =
        look(probe(at(SnmpVersion.V2C, "public", LocalDevice.hasty()), 1, 2));
    assertThat(of(seen, "switch:s1").getMeasuresMap()).containsEntry("up", 0.0).hasSize(1);
    assertThat(of(seen, "link:p1").getReason()).isEqualTo("timeout");
    assertThat(of(seen, "link:p1").getMeasuresMap()).isEmpty();
  }

  @Test
  void aDeviceWhoseAnswerWouldBeTooBigIsAskedForLess() {
    PortsProbe probe = probe(1, 2, 3, 4);
    device.manner(
        answer -> {
          if (answer.size() < 20) {
            return List.of(answer);
          }
          PDU refusal = new PDU();
          refusal.setType(PDU.RESPONSE);
          refusal.setRequestID(answer.getRequestID());
          refusal.setErrorStatus(PDU.tooBig);
          return List.of(refusal);
        });
    Map<String, Observation> seen = look(probe);
    for (int i = 1; i <= 4; i++) {
      assertThat(of(seen, "link:p" + i).getReason()).isEqualTo("first-sample");
    }
  }

  @Test
  void version1IsAskedByGetNextAndCountsIn32Bits() {
    List<Integer> types = new ArrayList<>();
    PortsProbe probe = probe(at(SnmpVersion.V1, "public", LocalDevice.patient()), 1, 2);
    device.remove(Oids.at(Oids.IF_HIGH_SPEED, 1));
    look(probe);
    octets(1, 8_500_000);
    int before = device.requests.get();
    device.manner(
        answer -> {
          types.add(answer.getErrorStatus());
          return List.of(answer);
        });
    Observation seen = of(lookAfter(probe, 60, 106_000), "link:p1");
    assertThat(seen.getMeasuresMap())
        .containsEntry("inBitsPerSecond", 1e6)
        .containsEntry("counterBits", 32.0)
        .containsEntry("speedBitsPerSecond", 1e8);
    // What it refused once it is not asked for again at every look.
    assertThat(device.requests.get() - before).isEqualTo(1);
    assertThat(types).containsExactly(0);
  }

  @Test
  void answersCutOffAnywhereAreNoAnswersAndTheNextOneCounts() {
    PortsProbe probe = probe(at(SnmpVersion.V2C, "public", LocalDevice.fair()), 1);
    look(probe);
    PortsProbe other = probe(2);
    for (int cut : new int[] {0, 1, 2, 7, 20, 60}) {
      device.wire(bytes -> java.util.Arrays.copyOf(bytes, Math.min(bytes.length - 1, cut)));
      CompletionStage<List<Observation>> waiting = probe.run(clock.instant());
      assertThat(LocalDevice.await(waiting))
          .anySatisfy(seen -> assertThat(seen.getReason()).isEqualTo("timeout"));
      device.wire(bytes -> bytes);
      assertThat(of(look(other), "switch:s1").getMeasuresMap()).containsEntry("up", 1.0);
    }
    assertThat(session.dropped()).isPositive();
    assertThat(of(lookAfter(probe, 60, 106_000), "link:p1").getReason()).isEmpty();
  }

  @Test
  void aTableWithoutEndEnds() {
    SnmpDevice at = at(SnmpVersion.V2C, "public", LocalDevice.patient());
    device.manner(
        answer -> {
          // Whatever is asked for, there is one more.
          for (int i = 0;
              i < answer.size() && !answer.get(0).getOid().equals(Oids.SYS_UP_TIME);
              i++) {
            int next = device.requests.get() * 1_000 + i;
            OID column = i % 2 == 0 ? Oids.IF_NAME : Oids.IF_DESCR;
            answer.get(i).setOid(Oids.at(column, next));
            answer.get(i).setVariable(new OctetString("Gi9/" + next));
          }
          return List.of(answer);
        });
    Map<String, Observation> seen = look(probe(at, 1));
    assertThat(of(seen, "link:p1").getReason()).isEqualTo("too-many-rows");
    assertThat(device.requests.get()).isLessThan(ColumnWalk.MAX_REQUESTS);
  }

  @Test
  void aCommunityOfOddBytesIsSentAsItIs() {
    SnmpDevice text = at(SnmpVersion.V2C, "校园\u0000网!", LocalDevice.patient());
    LocalDevice.await(text.get(Oids.SYS_UP_TIME));
    assertThat(device.community)
        .isEqualTo("校园\u0000网!".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    SnmpDevice bytes = at(SnmpVersion.V2C, "hex:ff00fe80", LocalDevice.patient());
    LocalDevice.await(bytes.get(Oids.SYS_UP_TIME));
    assertThat(device.community).isEqualTo(HexFormat.of().parseHex("ff00fe80"));
  }

  @Test
  void aDeviceIsAskedOneThingAtATime() {
    SnmpDevice at = at(SnmpVersion.V2C, "public", LocalDevice.patient());
    List<CompletionStage<Answer>> all = new ArrayList<>();
    for (int i = 0; i < 70; i++) {
      all.add(at.get(Oids.SYS_UP_TIME));
      assertThat(session.pending()).isLessThanOrEqualTo(1);
    }
    List<Answer> answers = all.stream().map(LocalDevice::await).toList();
    assertThat(answers)
        .filteredOn(answer -> answer.fault() == null)
        .hasSizeGreaterThanOrEqualTo(65);
    assertThat(answers).extracting(Answer::fault).containsOnly(null, "device-busy");
  }

  @Test
  void aPrinterTellsItsStatusErrorsAndLife() {
    PrinterProbe printer =
        new PrinterProbe(
            "printer:office",
            Duration.ofSeconds(60),
            at(SnmpVersion.V1, "public", LocalDevice.patient()));
    assertThat(look(printer).get("printer:office"))
        .satisfies(
            none -> {
              assertThat(none.getReason()).isEqualTo("no-printer");
              assertThat(none.getMeasuresMap()).containsEntry("up", 1.0);
            });
    device
        .put(Oids.at(Oids.HR_PRINTER_STATUS, 1), new Integer32(4))
        .put(
            Oids.at(Oids.HR_PRINTER_DETECTED_ERROR_STATE, 1),
            new OctetString(new byte[] {(byte) 0b1001_0000}))
        .put(Oids.at(Oids.at(Oids.PRT_MARKER_LIFE_COUNT, 1), 1), new Counter32(48_212));
    Observation seen = of(look(printer), "printer:office");
    assertThat(seen.getReason()).isEmpty();
    assertThat(seen.getMeasuresMap())
        .containsEntry("printerStatus", 4.0)
        .containsEntry("lifeCount", 48_212.0)
        .containsEntry("lowPaper", 1.0)
        .containsEntry("noPaper", 0.0)
        .containsEntry("noToner", 1.0)
        .containsEntry("serviceRequested", 0.0)
        .containsEntry("uptimeSeconds", 1000.0)
        .doesNotContainKey("inputTrayMissing");
  }

  @Test
  void anyTableCanBeWalked() {
    OID fdb = new OID("1.3.6.1.2.1.17.4.3.1.2");
    device.put(new OID("1.3.6.1.2.1.17.4.3.1.2.0.16.24.1.2.255"), new Integer32(7));
    device.put(new OID("1.3.6.1.2.1.17.4.3.1.3.0.16.24.1.2.255"), new Integer32(3));
    TableResult table =
        LocalDevice.await(
            TableResult.read(
                at(SnmpVersion.V2C, "public", LocalDevice.patient()),
                List.of(fdb.toDottedString(), "1.3.6.1.2.1.17.4.3.1.3")));
    assertThat(table.reason()).isEmpty();
    assertThat(table.rows())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.index()).containsExactly(0L, 16L, 24L, 1L, 2L, 255L);
              assertThat(row.cell(0)).hasToString("7");
              assertThat(row.cell(1)).hasToString("3");
            });
  }
}
