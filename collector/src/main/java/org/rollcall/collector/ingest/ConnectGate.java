package org.rollcall.collector.ingest;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the decoder until a client is known: lets exactly one packet through, which must be
 * a CONNECT of at most {@link #MAX_CONNECT_BYTES} and must come in time, and holds back what
 * follows it. So a stranger costs neither memory nor parsing. Belongs to the connection's event
 * loop.
 */
// A write or close that fails closes the channel, which channelInactive handles.
@SuppressWarnings("FutureReturnValueIgnored")
final class ConnectGate extends ChannelInboundHandlerAdapter {
  /** Our own take 600 bytes; a JWT, an id of 64 KiB and a will are not all needed at once. */
  static final int MAX_CONNECT_BYTES = 8 * 1024;

  private static final int CONNECT_TYPE = 0x10;
  private static final int UNKNOWN_YET = -1;
  private static final int NO_CONNECT = -2;
  private static final int MAX_LENGTH_BYTES = 4;

  private final Duration patience;
  private final IngestTally tally;
  private final Runnable known;
  private @Nullable Future<?> alarm;
  private @Nullable ByteBuf held;
  private boolean connectPassed;

  /**
   * @param patience from the accepted connection to the whole CONNECT, TLS handshake included
   * @param known told when it is known whose the connection is, or when it has ended
   */
  ConnectGate(Duration patience, IngestTally tally, Runnable known) {
    this.patience = patience;
    this.tally = tally;
    this.known = known;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    alarm = ctx.executor().schedule(() -> tooSlow(ctx), patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void tooSlow(ChannelHandlerContext ctx) {
    tally.tooSlow.increment();
    ctx.close();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    if (!(msg instanceof ByteBuf bytes)) {
      ReferenceCountUtil.release(msg);
      return;
    }
    held =
        held == null
            ? bytes
            : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), held, bytes);
    if (!connectPassed) {
      passConnect(ctx, held);
    }
  }

  private void passConnect(ChannelHandlerContext ctx, ByteBuf bytes) {
    int length = packetLength(bytes);
    if (length == NO_CONNECT || length > MAX_CONNECT_BYTES) {
      tally.malformed.increment();
      ctx.close();
    } else if (length != UNKNOWN_YET && bytes.readableBytes() >= length) {
      connectPassed = true;
      stopAlarm();
      ctx.channel().config().setAutoRead(false);
      ctx.fireChannelRead(bytes.readRetainedSlice(length));
    }
  }

  /** Size of the packet that begins the buffer, by its fixed header (MQTT 5, 2.1). */
  private static int packetLength(ByteBuf bytes) {
    int start = bytes.readerIndex();
    if (bytes.isReadable() && (bytes.getByte(start) & 0xff) != CONNECT_TYPE) {
      return NO_CONNECT;
    }
    int length = 0;
    for (int i = 1; i <= MAX_LENGTH_BYTES && i < bytes.readableBytes(); i++) {
      int digit = bytes.getByte(start + i);
      length |= (digit & 0x7f) << (7 * (i - 1));
      if (digit >= 0) {
        return 1 + i + length;
      }
    }
    return bytes.readableBytes() > MAX_LENGTH_BYTES ? NO_CONNECT : UNKNOWN_YET;
  }

  /** The client is known: whatever it sent meanwhile goes on, and reading goes on. */
  static void open(ChannelHandlerContext ctx) {
    ctx.pipeline().remove(ConnectGate.class);
    ctx.channel().config().setAutoRead(true);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    stopAlarm();
    known.run();
    ByteBuf rest = held;
    held = null;
    if (rest != null && rest.isReadable() && ctx.channel().isActive()) {
      ctx.fireChannelRead(rest);
      ctx.fireChannelReadComplete();
    } else if (rest != null) {
      rest.release();
    }
  }

  private void stopAlarm() {
    if (alarm != null) {
      alarm.cancel(false);
      alarm = null;
    }
  }
}
