package org.rollcall.agent.pjlink;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a projector says, in whatever pieces: the look ends with a reason of ours or with
 * answers, asks a bounded number of questions, and never tells the password.
 */
class SessionFuzzTest {
  private static final String PASSWORD = "JBMIAProjectorLink";
  private static final int MOST_QUESTIONS = 9;
  private static final Set<String> REASONS =
      Set.of(
          Reasons.WRONG_PASSWORD,
          Reasons.PASSWORD_MISSING,
          Reasons.BAD_ANSWER,
          Reasons.LINE_TOO_LONG,
          Reasons.TIMEOUT);

  static Stream<byte[]> seeds() {
    return Stream.of(
            "\3PJLINK 0\r%1POWR=1\r%1ERST=000000\r%1CLSS=2\r%1INF1=Maker\r%1INF2=Model\r"
                + "%1LAMP=120 1\r%2FILT=88\r",
            "\1PJLINK 1 498e4a67\r%1POWR=0\r%1ERST=012000\r",
            "\7PJLINK 1 498e4a67\rPJLINK 2 00112233445566778899aabbccddeeff\r%1POWR=ERR3\r",
            "\7PJLINK 1 498e4a67\rPJLINK ERRA\r",
            "\2PJLINK 0\r\n%1POWR=1\r\n%1POWR=1\r\n%1XXXX=\r\n\r\n\r\n",
            "\1PJLINK 0\r" + "%".repeat(200),
            "\1%\r%1\r",
            "\1PJLINK 1 \r",
            "\1HTTP/1.1 400 Bad Request\r\n\r\n")
        .map(text -> text.getBytes(ISO_8859_1));
  }

  @MethodSource("seeds")
  @FuzzTest
  void aLookEndsAndNeverTellsThePassword(byte[] bytes) {
    if (bytes.length == 0) {
      return;
    }
    int piece = 1 + (bytes[0] & 0x3f);
    Look look = new Look(new Known(), PASSWORD, 5_000, Instant.EPOCH);
    Session session = new Session(look);
    EmbeddedChannel channel = new EmbeddedChannel(session);
    for (int from = 1; from < bytes.length && channel.isActive(); from += piece) {
      byte[] part = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + piece));
      channel.writeInbound(Unpooled.wrappedBuffer(part));
    }
    if (session.outcome().isDone()) {
      Heard heard = session.outcome().join();
      assertThat(heard.reason() == null || REASONS.contains(heard.reason()))
          .as(heard.reason())
          .isTrue();
    }
    int questions = 0;
    for (ByteBuf sent = channel.readOutbound(); sent != null; sent = channel.readOutbound()) {
      assertThat(sent.toString(US_ASCII)).doesNotContain(PASSWORD).endsWith("\r");
      sent.release();
      questions++;
    }
    assertThat(questions).isLessThanOrEqualTo(MOST_QUESTIONS);
    channel.finishAndReleaseAll();
    assertThat(session.outcome()).isDone();
    assertThat(session.outcome().join().answers().size()).isLessThanOrEqualTo(MOST_QUESTIONS);
  }
}
