package org.rollcall.agent.throughput;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;

/**
 * Reads the frames of a download (RFC 6455, 5.2) without keeping them: load is counted and let go,
 * so that a message of 16 MiB needs no memory. Answers pings and the server's closing. Takes the
 * place of the WebSocket decoder; one event loop.
 */
// Answers that fail end with the connection.
@SuppressWarnings("FutureReturnValueIgnored")
final class LoadCounter extends ChannelInboundHandlerAdapter {
  private static final int CONTINUATION = 0;
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int CONTROL = 8;
  private static final int LONGEST_CONTROL = 125;
  private static final int LONGEST_HEAD = 10;

  /** Told of each piece of load. */
  @FunctionalInterface
  interface Told {
    void load(int bytes);
  }

  private final Told told;
  private final byte[] head = new byte[LONGEST_HEAD];
  private final byte[] control = new byte[LONGEST_CONTROL];
  private int headRead;
  private int controlRead;
  private long left;
  private int opcode;
  private boolean inFrame;
  private boolean text;

  LoadCounter(Told told) {
    this.told = told;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!(message instanceof ByteBuf in)) {
      context.fireChannelRead(message);
      return;
    }
    try {
      while (in.isReadable() && context.channel().isActive()) {
        if (!inFrame) {
          readHead(context, in);
        } else {
          readPayload(context, in);
        }
      }
    } finally {
      in.release();
    }
  }

  private void readHead(ChannelHandlerContext context, ByteBuf in) {
    head[headRead++] = in.readByte();
    int length = headRead < 2 ? 0 : head[1] & 0x7F;
    int needed = headRead < 2 ? 2 : length == 126 ? 4 : length == 127 ? 10 : 2;
    if (headRead < needed) {
      return;
    }
    opcode = head[0] & 0x0F;
    left = length;
    if (needed > 2) {
      left = 0;
      for (int i = 2; i < needed; i++) {
        left = (left << 8) | (head[i] & 0xFF);
      }
    }
    boolean masked = (head[1] & 0x80) != 0;
    if (masked || left < 0 || (opcode >= CONTROL && left > LONGEST_CONTROL)) {
      context.close(); // no server of WebSocket speaks so
      return;
    }
    text = opcode == TEXT || (text && opcode != BINARY);
    headRead = 0;
    controlRead = 0;
    inFrame = true;
    if (left == 0) {
      end(context);
    }
  }

  private void readPayload(ChannelHandlerContext context, ByteBuf in) {
    int here = (int) Math.min(left, in.readableBytes());
    if (opcode >= CONTROL) {
      in.readBytes(control, controlRead, here);
      controlRead += here;
    } else {
      in.skipBytes(here);
      if (opcode == BINARY || (opcode == CONTINUATION && !text)) {
        told.load(here);
      }
    }
    left -= here;
    if (left == 0) {
      end(context);
    }
  }

  private void end(ChannelHandlerContext context) {
    inFrame = false;
    if (opcode == PING) {
      context.writeAndFlush(
          new PongWebSocketFrame(context.alloc().buffer().writeBytes(control, 0, controlRead)));
    } else if (opcode == CLOSE) {
      context
          .writeAndFlush(
              new CloseWebSocketFrame(true, 0, context.alloc().buffer(2).writeShort(1000)))
          .addListener(said -> context.close());
    }
  }
}
