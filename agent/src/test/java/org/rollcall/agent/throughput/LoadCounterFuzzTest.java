package org.rollcall.agent.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever an ndt7 server sends, in whatever pieces: no more load is counted than came, the count
 * does not depend on the pieces, nothing is kept, and only pings and a close are answered.
 */
class LoadCounterFuzzTest {

  static Stream<byte[]> seeds() {
    HexFormat hex = HexFormat.of();
    return Stream.of(
            "01" + "8203010203" + "8101ff" + "8904aabbccdd" + "880203e8",
            "05" + "0203010203" + "800104" + "0101ff" + "800104",
            "40" + "827e00ff" + "00".repeat(255),
            "03" + "827f7fffffffffffffff0102",
            "03" + "827fffffffffffffffff0102",
            "02" + "82830000000001",
            "02" + "897e00ff",
            "02" + "8a00" + "8800" + "8203010203")
        .map(hex::parseHex);
  }

  private record Outcome(long load, int pongs, int closes, boolean active) {}

  @MethodSource("seeds")
  @FuzzTest
  void theCountIsOfWhatCameWhateverThePieces(byte[] bytes) {
    if (bytes.length == 0) {
      return;
    }
    byte[] stream = Arrays.copyOfRange(bytes, 1, bytes.length);
    Outcome pieces = run(stream, 1 + (bytes[0] & 0x3f));
    assertThat(pieces.load()).isBetween(0L, (long) stream.length);
    assertThat(pieces.closes()).isLessThanOrEqualTo(1);
    assertThat(pieces).isEqualTo(run(stream, Math.max(1, stream.length)));
  }

  private static Outcome run(byte[] stream, int piece) {
    long[] load = new long[1];
    EmbeddedChannel channel = new EmbeddedChannel(new LoadCounter(more -> load[0] += more));
    for (int from = 0; from < stream.length && channel.isActive(); from += piece) {
      ByteBuf part = Unpooled.copiedBuffer(stream, from, Math.min(piece, stream.length - from));
      channel.writeInbound(part);
      assertThat(part.refCnt()).isZero();
    }
    int pongs = 0;
    int closes = 0;
    for (WebSocketFrame sent = channel.readOutbound();
        sent != null;
        sent = channel.readOutbound()) {
      assertThat(sent.content().readableBytes()).isLessThanOrEqualTo(125);
      pongs += sent instanceof PongWebSocketFrame ? 1 : 0;
      closes += sent instanceof CloseWebSocketFrame ? 1 : 0;
      sent.release();
    }
    Outcome outcome = new Outcome(load[0], pongs, closes, channel.isActive());
    channel.finishAndReleaseAll();
    return outcome;
  }
}
