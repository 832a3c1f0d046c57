package org.rollcall.agent.throughput;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

/** Counts the load that comes; the server's own measurements are not needed. */
final class Ndt7Download extends Ndt7Direction {
  private long bytes;
  private long lastNanos;

  @Override
  void begin(ChannelHandlerContext context) {}

  @Override
  protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
    if (frame instanceof BinaryWebSocketFrame || frame instanceof ContinuationWebSocketFrame) {
      bytes += frame.content().readableBytes();
      lastNanos = nanos();
    }
  }

  @Override
  Ndt7Result measured(boolean whole) {
    return new Ndt7Result(bytes, lastNanos / 1e9, whole ? null : Ndt7Result.CUT_SHORT);
  }
}
