package org.rollcall.agent.throughput;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.Random;

/** Sends load until the server ends the test; the figure is the server's newest count. */
// A write that fails ends with the connection.
@SuppressWarnings("FutureReturnValueIgnored")
final class Ndt7Upload extends Ndt7Direction {
  private static final int FIRST = 1 << 13;

  /** The protocol allows 2^24; an agent has no room for buffers of that size. */
  private static final int LARGEST = 1 << 17;

  private static final int SHARE_OF_SENT = 16;
  private static final long RUNTIME_NANOS = 10_000_000_000L;

  private final ByteBuf noise = Unpooled.directBuffer(LARGEST);
  private int size = FIRST;
  private long sent;
  private long counted;
  private double countedSeconds;

  Ndt7Upload() {
    byte[] bytes = new byte[LARGEST];
    new Random().nextBytes(bytes); // load that lines cannot compress; no secret
    noise.writeBytes(bytes);
  }

  @Override
  void begin(ChannelHandlerContext context) {
    send(context);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) throws Exception {
    send(context);
    super.channelWritabilityChanged(context);
  }

  /** Until the connection takes no more, or the time is over. */
  private void send(ChannelHandlerContext context) {
    while (context.channel().isActive()
        && context.channel().isWritable()
        && nanos() < RUNTIME_NANOS) {
      context.write(new BinaryWebSocketFrame(noise.retainedSlice(0, size)));
      sent += size;
      if (size < LARGEST && size <= sent / SHARE_OF_SENT) {
        size *= 2;
      }
      if (!context.channel().isWritable()) {
        context.flush();
        if (context.channel().isWritable()) {
          // Sent at once: others of this event loop have their turn first.
          context.executor().execute(() -> send(context));
          return;
        }
      }
    }
    context.flush();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
    if (frame instanceof TextWebSocketFrame text) {
      read(text.text());
    }
  }

  /** Takes AppInfo.NumBytes and AppInfo.ElapsedTime (microseconds); leaves what is no such text. */
  private void read(String measurement) {
    int from = measurement.indexOf("\"AppInfo\"");
    int to = from < 0 ? -1 : measurement.indexOf('}', from);
    if (to < 0) {
      return;
    }
    String info = measurement.substring(from, to);
    long micros = number(info, "\"ElapsedTime\"");
    long bytes = number(info, "\"NumBytes\"");
    if (micros > 0 && bytes >= counted) {
      counted = bytes;
      countedSeconds = micros / 1e6;
    }
  }

  /** The whole number behind a name; -1 when there is none. */
  private static long number(String text, String name) {
    int at = text.indexOf(name);
    at = at < 0 ? -1 : text.indexOf(':', at);
    if (at < 0) {
      return -1;
    }
    at++;
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    long number = -1;
    for (; at < text.length() && Character.digit(text.charAt(at), 10) >= 0; at++) {
      number = Math.max(0, number) * 10 + Character.digit(text.charAt(at), 10);
      if (number > 1L << 55) {
        return -1;
      }
    }
    return number;
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    noise.release();
  }

  @Override
  Ndt7Result measured(boolean whole) {
    return new Ndt7Result(counted, countedSeconds, whole ? null : Ndt7Result.CUT_SHORT);
  }
}
