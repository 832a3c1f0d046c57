package org.rollcall.agent.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.provider.MethodSource;
import org.snmp4j.PDU;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.VariableBinding;

/**
 * Whatever datagram comes back: it is dropped, or it answers the question that is open, and what it
 * says can be read. Nothing a device sends costs more than itself.
 */
class SnmpSessionFuzzTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final OID UPTIME = new OID("1.3.6.1.2.1.1.3.0");

  /** Stands for the id of the open request, which every question has anew. */
  private static final byte[] ID = HEX.parseHex("02045aa5a55a");

  private DatagramSocket device;
  private SnmpSession session;
  private int id;
  private CompletableFuture<Answer> open;

  static Stream<byte[]> seeds() {
    String head = "302c02010104067075626c6963a21f02045aa5a55a020100020100";
    return Stream.of(
            head + "3011300f06082b0601020101030043030186a0",
            head + "3011300f06082b06010201010300" + "8000" + "0500",
            head.replace("020100020100", "020102020101") + "3000",
            head + "3011300f06082b0601020101030004847fffffff",
            head + "30847fffffff300f06082b060102010103004303",
            head + "300f300d06092b80808080808080804303",
            "3082ffff0201010406",
            "3080",
            "30030201",
            "303e020103301102047fffffff020300ffe30401040201030410300e0400020100020100"
                + "04000400040030140400"
                + "0400"
                + "a80e0201000201000201003003300104")
        .map(HEX::parseHex);
  }

  @BeforeEach
  void start() throws IOException {
    device = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    device.setSoTimeout(30_000);
    session = new SnmpSession(Clock.systemUTC());
    session.start();
    session.usm();
    ask();
  }

  @AfterEach
  void stop() {
    session.close();
    device.close();
  }

  private void ask() throws IOException {
    PDU pdu = new PDU();
    pdu.setType(PDU.GET);
    pdu.add(new VariableBinding(UPTIME));
    SnmpSettings patient = SnmpSettings.of(null, Duration.ofSeconds(60), 0);
    open =
        session.ask(
            (InetSocketAddress) device.getLocalSocketAddress(),
            SnmpConstants.version2c,
            new byte[] {'p'},
            pdu,
            patient);
    byte[] buffer = new byte[512];
    DatagramPacket asked = new DatagramPacket(buffer, buffer.length);
    device.receive(asked);
    id = pdu.getRequestID().getValue();
  }

  @MethodSource("seeds")
  @FuzzTest
  void whateverComesBackIsDroppedOrReadable(byte[] bytes) throws IOException {
    byte[] message = withId(bytes);
    try {
      session.take(
          new DatagramPacket(
              message, message.length, InetAddress.getLoopbackAddress(), device.getLocalPort()));
    } catch (IOException | RuntimeException dropped) {
      // What the receiving thread drops and counts.
    }
    assertThat(session.pending()).isEqualTo(open.isDone() ? 0 : 1);
    if (open.isDone()) {
      readAnswer();
      ask();
    }
  }

  private byte[] withId(byte[] bytes) {
    byte[] message = bytes.clone();
    for (int at = 0; at + ID.length <= message.length; at++) {
      if (Arrays.equals(message, at, at + ID.length, ID, 0, ID.length)) {
        for (int i = 0; i < 4; i++) {
          message[at + 2 + i] = (byte) (id >> (24 - 8 * i));
        }
      }
    }
    return message;
  }

  private void readAnswer() {
    Answer answer = open.join();
    for (VariableBinding binding : answer.bindings()) {
      OID oid = binding.getOid();
      Long number = answer.number(oid);
      assertThat(number == null || number >= 0).isTrue();
      Long ticks = answer.ticks(oid);
      assertThat(ticks == null || ticks < CounterRate.TICKS_PER_WRAP).isTrue();
      String text = answer.text(oid);
      assertThat(text == null || !text.isEmpty()).isTrue();
    }
    answer.number(Question.of(UPTIME), 0);
    answer.refusesOne();
  }
}
