package org.rollcall.simulator.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * A subscriber to every report with a session that outlives its connection, so that a general
 * broker has to queue and deliver what it acknowledges, as a collector has to store it.
 * Acknowledges all it gets; counts as connected once it is subscribed. Runs on its event loop only.
 */
final class DurableSubscriber extends ByteToMessageDecoder {
  private static final int EXPIRY_SECONDS = 3_600;

  private final LoadFigures figures;

  DurableSubscriber(LoadFigures figures) {
    this.figures = figures;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    ByteBuf out = context.alloc().buffer(64);
    Packet.connect(out, "bench-subscriber", "", "", EXPIRY_SECONDS);
    var unused = context.writeAndFlush(out, context.voidPromise());
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> decoded) {
    ByteBuf out = null;
    int whole;
    while ((whole = Packet.whole(in)) > 0) {
      int end = in.readerIndex() + whole;
      int type = in.readUnsignedByte() >>> 4;
      Packet.variable(in);
      if (type == Packet.CONNACK) {
        out = out == null ? context.alloc().buffer() : out;
        Packet.subscribe(out, 1, "rollcall/v1/+/report");
      } else if (type == Packet.SUBACK) {
        figures.connected();
      } else if (type == Packet.PUBLISH) {
        in.skipBytes(in.readUnsignedShort());
        out = out == null ? context.alloc().buffer() : out;
        Packet.acknowledge(out, in.readUnsignedShort());
      }
      in.readerIndex(end);
    }
    if (out != null) {
      var unused = context.writeAndFlush(out, context.voidPromise());
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    figures.broken("subscriber: " + cause.getMessage());
    var unused = context.close();
  }
}
