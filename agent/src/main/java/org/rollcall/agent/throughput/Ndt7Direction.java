package org.rollcall.agent.throughput;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What both directions have in common: when a test begins, and how it ends. One event loop. */
// Timers and writes that fail end with the connection.
@SuppressWarnings("FutureReturnValueIgnored")
abstract class Ndt7Direction extends SimpleChannelInboundHandler<WebSocketFrame> {
  /** The server ends a test after 10 s; one that was not ended by then is. */
  private static final long PATIENCE_MILLIS = 15_000;

  /** A connection that ends sooner was cut (the protocol: up to 10 s). */
  private static final long WHOLE_MILLIS = 9_000;

  private final CompletableFuture<Ndt7Result> result = new CompletableFuture<>();
  private boolean began;
  private long beganNanos;

  final CompletableFuture<Ndt7Result> result() {
    return result;
  }

  final long nanos() {
    return System.nanoTime() - beganNanos;
  }

  @Override
  public final void userEventTriggered(ChannelHandlerContext context, Object event)
      throws Exception {
    if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
      began = true;
      beganNanos = System.nanoTime();
      context.executor().schedule(() -> context.close(), PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      begin(context);
    }
    super.userEventTriggered(context, event);
  }

  abstract void begin(ChannelHandlerContext context);

  /** What was measured until now. */
  abstract Ndt7Result measured(boolean whole);

  @Override
  public final void channelInactive(ChannelHandlerContext context) throws Exception {
    end(Ndt7Result.REFUSED);
    super.channelInactive(context);
  }

  /** The protocol takes a broken connection for a warning: what was measured stays. */
  @Override
  public final void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }

  /**
   * @param reason why there is nothing, if the test never began
   */
  final void end(String reason) {
    if (!began) {
      result.complete(Ndt7Result.none(reason));
    } else if (!result.isDone()) {
      result.complete(measured(nanos() >= WHOLE_MILLIS * 1_000_000));
    }
  }
}
