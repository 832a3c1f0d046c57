package org.rollcall.collector.ingest;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Sends callers away that have waited so long for their first answer that they will give up before
 * it is of use. When more come back at once than can be greeted in time, working on the oldest
 * would let nobody in; the others come again at a time of their own.
 *
 * <p>{@link #atTheDoor} belongs to the accepting loop, {@link #inside} to each connection's own.
 */
// A close that fails leaves a channel that channelInactive handles.
@SuppressWarnings("FutureReturnValueIgnored")
final class StaleCallers {
  private static final AttributeKey<Long> ACCEPTED = AttributeKey.valueOf("rollcall.accepted");

  private final Duration patience;
  private final LongSupplier nanos;
  private final IngestTally tally;

  /**
   * @param patience from the accepted connection to the time its first bytes are looked at
   * @param nanos monotonic, such as {@link System#nanoTime}
   */
  StaleCallers(Duration patience, LongSupplier nanos, IngestTally tally) {
    this.patience = patience;
    this.nanos = nanos;
    this.tally = tally;
  }

  /** Notes when each was accepted; the first handler of a listener. */
  ChannelHandler atTheDoor() {
    return new Door(nanos);
  }

  /** Looks at the first bytes of one connection; before all other handlers. */
  ChannelHandler inside() {
    return new ChannelInboundHandlerAdapter() {
      @Override
      public void channelRead(ChannelHandlerContext ctx, Object bytes) {
        Long accepted = ctx.channel().attr(ACCEPTED).get();
        if (accepted != null && nanos.getAsLong() - accepted > patience.toNanos()) {
          ReferenceCountUtil.release(bytes);
          tally.tooSlow.increment();
          ctx.close();
          return;
        }
        ctx.fireChannelRead(bytes);
        ctx.pipeline().remove(this);
      }
    };
  }

  private static final class Door extends ChannelInboundHandlerAdapter {
    private final LongSupplier nanos;

    Door(LongSupplier nanos) {
      this.nanos = nanos;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object accepted) {
      if (accepted instanceof Channel channel) {
        channel.attr(ACCEPTED).set(nanos.getAsLong());
      }
      ctx.fireChannelRead(accepted);
    }
  }
}
