package org.rollcall.agent.reach.dns;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.dns.DatagramDnsResponseDecoder;
import io.netty.handler.codec.dns.DnsResponse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a name server answers: it is told to be nonsense, or no answer to this question, or it
 * gives addresses of the kind that was asked for.
 */
class DnsAnswerFuzzTest {
  private static final int ID = 0x1234;
  private static final InetSocketAddress SERVER =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 53);

  static Stream<byte[]> seeds() {
    String head = "123481800001000%d00000000" + "03656475026377" + "0000%s0001";
    HexFormat hex = HexFormat.of();
    return Stream.of(
            head.formatted(1, "01") + "c00c000100010000003c00040a000001",
            head.formatted(2, "01")
                + "c00c000500010000003c0006037777 77c00c".replace(" ", "")
                + "c024000100010000003c00040a000001",
            head.formatted(1, "1c") + "c00c001c00010000003c001020010db8000000000000000000000001",
            head.formatted(1, "01") + "c00c000500010000003c0002c024",
            head.formatted(1, "01") + "c01a000100010000003cffff0a",
            "123481830001000000000000" + "03656475026377" + "0000010001",
            "123483800001000000000000" + "03656475026377" + "0000010001",
            "12348180ffffffffffffffff00",
            "1234")
        .map(hex::parseHex);
  }

  @MethodSource("seeds")
  @FuzzTest
  void anAnswerHoldsWhatWasAskedForOrIsNone(byte[] bytes) {
    boolean v6 = bytes.length > 0 && (bytes[bytes.length - 1] & 1) == 1;
    EmbeddedChannel channel = new EmbeddedChannel(new DatagramDnsResponseDecoder());
    try {
      channel.writeInbound(new DatagramPacket(Unpooled.wrappedBuffer(bytes), SERVER, SERVER));
      DnsResponse response = channel.readInbound();
      if (response == null) {
        return;
      }
      try {
        read(response, v6);
      } finally {
        response.release();
      }
    } catch (DecoderException | IndexOutOfBoundsException | IllegalArgumentException nonsense) {
      assertThat(nonsense.getMessage()).isNotEqualTo("BUG");
    } finally {
      channel.finishAndReleaseAll();
    }
  }

  private static void read(DnsResponse response, boolean v6) {
    DnsProbe.Question question = new DnsProbe.Question("edu.cw.", v6, null);
    if (DnsAnswer.fits(response, ID, question)) {
      DnsAnswer answer = DnsAnswer.of(response, question);
      assertThat(answer.code()).isNotNull();
      for (InetAddress address : answer.addresses()) {
        // Java makes an IPv4 address of one that is mapped into IPv6.
        assertThat(address.getAddress().length).isIn(4, v6 ? 16 : 4);
      }
    }
  }
}
