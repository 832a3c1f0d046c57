package org.rollcall.agent.throughput;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

/** Counts the load that comes; the server's own measurements are not needed. */
final class Ndt7Download extends Ndt7Direction {
  private long bytes;
  private long lastNanos;

  @Override
  void begin(ChannelHandlerContext context) {
    ChannelPipeline pipeline = context.pipeline();
    pipeline.replace(WebSocket13FrameDecoder.class, "load", new LoadCounter(this::load));
  }

  private void load(int more) {
    bytes += more;
    lastNanos = nanos();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
    // Nothing comes this far: frames are counted before.
  }

  @Override
  Ndt7Result measured(boolean whole) {
    return new Ndt7Result(bytes, lastNanos / 1e9, whole ? null : Ndt7Result.CUT_SHORT);
  }
}
