package org.rollcall.collector.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StaleCallersTest {
  private long nanos = 17;
  private final IngestTally tally = new IngestTally();
  private final StaleCallers callers = new StaleCallers(Duration.ofSeconds(5), () -> nanos, tally);

  private EmbeddedChannel accepted() {
    EmbeddedChannel caller = new EmbeddedChannel(callers.inside());
    EmbeddedChannel listener = new EmbeddedChannel(callers.atTheDoor());
    listener.writeInbound(caller);
    return caller;
  }

  private static ByteBuf bytes() {
    return Unpooled.copiedBuffer(new byte[] {1, 2, 3});
  }

  @Test
  void whoIsAnsweredInTimePasses() {
    EmbeddedChannel caller = accepted();
    nanos += Duration.ofSeconds(5).toNanos();
    assertThat(caller.writeInbound(bytes())).isTrue();
    assertThat(caller.isOpen()).isTrue();
    nanos += Duration.ofHours(5).toNanos();
    assertThat(caller.writeInbound(bytes())).as("it is inside").isTrue();
    assertThat(tally.snapshot().tooSlow()).isZero();
    caller.finishAndReleaseAll();
  }

  @Test
  void whoWaitedTooLongIsSentAwayUnheard() {
    EmbeddedChannel caller = accepted();
    nanos += Duration.ofSeconds(6).toNanos();
    ByteBuf bytes = bytes();
    assertThat(caller.writeInbound(bytes)).isFalse();
    assertThat(bytes.refCnt()).isZero();
    assertThat(caller.isOpen()).isFalse();
    assertThat(tally.snapshot().tooSlow()).isEqualTo(1);
  }
}
