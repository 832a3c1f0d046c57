package org.rollcall.agent.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rollcall.agent.snmp.InterfaceTable.Interface;
import org.rollcall.agent.snmp.InterfaceTable.State;
import org.snmp4j.PDU;
import org.snmp4j.smi.Counter32;
import org.snmp4j.smi.Gauge32;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.TimeTicks;
import org.snmp4j.smi.VariableBinding;

/** The walk against devices that keep to no rule. */
class InterfaceTableTest {

  private final FakeDevice device = new FakeDevice();
  private final SnmpSession session = new SnmpSession(Clock.systemUTC());

  @BeforeEach
  void start() {
    session.start();
  }

  @AfterEach
  void stop() {
    session.close();
    device.close();
  }

  private InterfaceTable read() {
    return read(LocalDevice.patient());
  }

  private InterfaceTable read(SnmpSettings settings) {
    return LocalDevice.await(
        InterfaceTable.read(LocalDevice.at(session, device.port(), "public", settings)));
  }

  private void ports(int count) {
    for (int i = 1; i <= count; i++) {
      device
          .put(Oids.at(Oids.IF_DESCR, i), new OctetString("Port " + i))
          .put(Oids.at(Oids.IF_TYPE, i), new Integer32(6))
          .put(Oids.at(Oids.IF_SPEED, i), new Gauge32(100_000_000))
          .put(Oids.at(Oids.IF_ADMIN_STATUS, i), new Integer32(i == 2 ? 2 : 1))
          .put(Oids.at(Oids.IF_OPER_STATUS, i), new Integer32(i == 2 ? 2 : 1))
          .put(Oids.at(Oids.IF_IN_OCTETS, i), new Counter32(i))
          .put(Oids.at(Oids.IF_OUT_OCTETS, i), new Counter32(i));
    }
  }

  private static PDU refusal(PDU answer, int status, int index) {
    PDU refusal = new PDU();
    refusal.setType(PDU.RESPONSE);
    refusal.setRequestID(answer.getRequestID());
    refusal.setErrorStatus(status);
    refusal.setErrorIndex(index);
    return refusal;
  }

  @Test
  void everyRowIsRead() {
    ports(57);
    InterfaceTable table = read();
    assertThat(table.reason()).isEmpty();
    assertThat(table.interfaces()).hasSize(57);
    assertThat(table.interfaces().get(1))
        .isEqualTo(new Interface(2, "Port 2", 100_000_000, State.DOWN, true, 32));
  }

  @Test
  void missingCellsShiftNothing() {
    ports(30);
    for (int i = 1; i <= 30; i += 3) {
      device.remove(Oids.at(Oids.IF_SPEED, i)).remove(Oids.at(Oids.IF_OPER_STATUS, i));
    }
    device.put(Oids.at(Oids.IF_NAME, 17), new OctetString("uplink"));
    for (Interface row : read().interfaces()) {
      boolean missing = row.ifIndex() % 3 == 1;
      assertThat(row.speedBitsPerSecond()).isEqualTo(missing ? 0 : 100_000_000);
      assertThat(row.state() == State.UNKNOWN).isEqualTo(missing);
      assertThat(row.name()).isEqualTo(row.ifIndex() == 17 ? "uplink" : "Port " + row.ifIndex());
    }
  }

  @Test
  void columnTenIsNotTakenForColumnOne() {
    // ifXTable 1.3.6.1.2.1.31.1.1.1.1 and .10 share their beginning as text, not as OIDs.
    device.put(Oids.at(Oids.IF_HC_OUT_OCTETS, 5), new OctetString("not a name"));
    assertThat(read().interfaces()).singleElement().extracting(Interface::name).isEqualTo("if5");
  }

  @Test
  void aDeviceWithoutIfMibIsNamedAsSuch() {
    device.put(Oids.SYS_UP_TIME, new TimeTicks(5)).put(Oids.SNMP_ENGINE_TIME, new Integer32(5));
    InterfaceTable table = read();
    assertThat(table.reason()).isEqualTo("no-interfaces");
    assertThat(table.interfaces()).isEmpty();
  }

  @Test
  void anEmptyDeviceIsNamedAsSuchToo() {
    assertThat(read().reason()).isEqualTo("no-interfaces");
  }

  @Test
  void silenceIsATimeoutAfterTwoQuestions() {
    device.manner(answer -> List.of());
    assertThat(read(LocalDevice.fair()).reason()).isEqualTo("timeout");
    assertThat(device.requests.get()).isEqualTo(2);
  }

  @Test
  void aDeviceThatCannotSendLargeAnswersIsAskedForSmallerOnes() {
    ports(20);
    device.manner(answer -> List.of(answer.size() > 9 ? refusal(answer, PDU.tooBig, 0) : answer));
    InterfaceTable table = read();
    assertThat(table.reason()).isEmpty();
    assertThat(table.interfaces()).hasSize(20);
  }

  @Test
  void aDeviceThatDropsLargeAnswersIsAskedForSmallerOnes() {
    ports(8);
    device.manner(answer -> answer.size() > 11 ? List.of() : List.of(answer));
    InterfaceTable table = read(LocalDevice.fair());
    assertThat(table.reason()).isEmpty();
    assertThat(table.interfaces()).hasSize(8);
  }

  @Test
  void aTableThatBreaksOffIsKeptAsFarAsItCame() {
    ports(100);
    AtomicInteger answered = new AtomicInteger();
    device.manner(answer -> answered.incrementAndGet() > 4 ? List.of() : List.of(answer));
    InterfaceTable table = read(LocalDevice.fair());
    assertThat(table.reason()).isEqualTo("timeout");
    assertThat(table.interfaces()).hasSizeBetween(10, 99);
  }

  @Test
  void aDeviceThatWalksInCirclesIsLeft() {
    ports(3);
    device.manner(
        answer -> {
          PDU circle = new PDU();
          circle.setType(PDU.RESPONSE);
          circle.setRequestID(answer.getRequestID());
          for (int i = 0; i < answer.size(); i++) {
            OID oid = answer.get(i).getOid();
            boolean end = answer.get(i).isException() || !oid.startsWith(Oids.IF_DESCR);
            circle.add(
                end
                    ? new VariableBinding(Oids.at(Oids.IF_DESCR, 1), new OctetString("again"))
                    : answer.get(i));
          }
          return List.of(circle);
        });
    InterfaceTable table = read();
    assertThat(table.reason()).isEqualTo("oid-not-increasing");
    assertThat(table.interfaces()).hasSize(3);
  }

  @Test
  void aTableWithoutEndIsLeftAtItsBound() {
    AtomicInteger row = new AtomicInteger();
    device.manner(
        answer -> {
          PDU endless = new PDU();
          endless.setType(PDU.RESPONSE);
          endless.setRequestID(answer.getRequestID());
          List<VariableBinding> rows = new ArrayList<>();
          for (int i = 0; i < 200; i++) {
            rows.add(
                new VariableBinding(
                    Oids.at(Oids.IF_DESCR, row.incrementAndGet()), new OctetString("x")));
          }
          rows.forEach(endless::add);
          return List.of(endless);
        });
    InterfaceTable table = read();
    assertThat(table.reason()).isIn("too-many-rows", "oid-not-increasing");
    assertThat(table.interfaces()).hasSizeLessThanOrEqualTo(ColumnWalk.MAX_ROWS);
  }

  @Test
  void anEmptyAnswerEndsTheWalk() {
    device.manner(answer -> List.of(refusal(answer, PDU.noError, 0)));
    assertThat(read().reason()).isEqualTo("bad-answer");
  }

  @Test
  void aRefusedColumnDoesNotTakeTheOthersWithIt() {
    ports(5);
    device.manner(
        answer -> {
          for (int i = 0; i < Math.min(4, answer.size()); i++) {
            if (answer.get(i).getOid().startsWith(Oids.IF_TYPE)) {
              return List.of(refusal(answer, PDU.genErr, i + 1));
            }
          }
          return List.of(answer);
        });
    InterfaceTable table = read();
    assertThat(table.reason()).isEqualTo("device-error");
    assertThat(table.interfaces()).hasSize(5).allMatch(row -> row.speedBitsPerSecond() > 0);
  }

  @Test
  void chineseNamesInTheEncodingOfWindowsAreRead() {
    device.put(
        Oids.at(Oids.IF_DESCR, 1),
        new OctetString("本地连接".getBytes(java.nio.charset.Charset.forName("GBK"))));
    assertThat(read().interfaces()).singleElement().extracting(Interface::name).isEqualTo("本地连接");
  }
}
