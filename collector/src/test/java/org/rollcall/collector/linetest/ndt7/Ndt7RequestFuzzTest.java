package org.rollcall.collector.linetest.ndt7;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.rollcall.collector.linetest.ndt7.Ndt7Request.Direction;

/**
 * Whatever is asked for as a test, and whatever frames come in one: the request is refused with a
 * sentence, or the test counts no more than came, and ends at a message that is too long.
 */
class Ndt7RequestFuzzTest {

  static Stream<byte[]> seeds() {
    return Stream.of(
            "early_exit=250&access_token=abc|net.measurementlab.ndt.v7|\0\0\1\0\0\1",
            "early_exit=251|net.measurementlab.ndt.v7|",
            "a=b&a=c|net.measurementlab.ndt.v7|",
            "a=%|net.measurementlab.ndt.v7|",
            "a=%ff%fe|x, net.measurementlab.ndt.v7|\177\177\177\177\177\177",
            "|net.measurementlab.ndt.v7|\1\0\0\1\0\0\1\0\0",
            "||",
            "client_name=x|net.measurementlab.ndt.v6|")
        .map(text -> text.getBytes(UTF_8));
  }

  /** A connection that only remembers how it ended. */
  private static final class Ends implements Ndt7Socket {
    private int closes;

    @Override
    public boolean full() {
      return true;
    }

    @Override
    public void whenDrained(Runnable then) {}

    @Override
    public void sendLoad(int bytes) {}

    @Override
    public void sendText(String text) {}

    @Override
    public void close(int code, String reason) {
      assertThat(code).isBetween(1000, 1009);
      closes++;
    }

    @Override
    public void abort() {}

    @Override
    public void after(long millis, Runnable then) {}
  }

  @MethodSource("seeds")
  @FuzzTest
  void aRequestIsRefusedOrItsTestCountsWhatCame(byte[] bytes) {
    String[] parts = new String(bytes, UTF_8).split("\\|", 3);
    if (parts.length < 3) {
      return;
    }
    Ndt7Door door =
        new Ndt7Door(true, 1, (token, way) -> false, Clock.systemUTC(), () -> 0, new Random(1));
    Direction direction = parts[2].length() % 2 == 0 ? Direction.UPLOAD : Direction.DOWNLOAD;
    Ndt7Door.Answer answer = door.ask(direction, parts[0], parts[1]);
    if (answer instanceof Ndt7Door.Answer.Refused refused) {
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.sentence()).isNotBlank();
    } else if (answer instanceof Ndt7Door.Answer.Welcome welcome) {
      Ends socket = new Ends();
      Ndt7Test test = door.begin(welcome.request(), socket, "192.0.2.7:4", "192.0.2.1:80");
      test.begin();
      frames(test, ByteBuffer.wrap(parts[2].getBytes(UTF_8)));
      assertThat(socket.closes).isLessThanOrEqualTo(1);
      test.closed();
      door.ended();
    }
    assertThat(door.counts().running()).isZero();
  }

  /** Frames of three bytes each: binary, continuing or text, and a length up to 2^23. */
  private static void frames(Ndt7Test test, ByteBuffer in) {
    long sent = 0;
    while (in.remaining() >= 3) {
      int kind = in.get();
      int length = (in.get() & 0x7f) << 16 | (in.get() & 0xff) << 8;
      if ((kind & 3) == 2) {
        test.text(length);
      } else {
        test.binary(length, (kind & 3) == 0);
        sent += length;
      }
      if (test.direction() == Direction.UPLOAD) {
        assertThat(test.bytes()).isBetween(0L, sent);
      }
    }
  }
}
