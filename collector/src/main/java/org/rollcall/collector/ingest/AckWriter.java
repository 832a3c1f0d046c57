package org.rollcall.collector.ingest;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * Writes the acknowledgements that may leave. Good ones, nearly all, are four bytes each and go
 * into one buffer past the encoder, which only encodes MQTT messages; a refusal on MQTT 5 carries
 * its code and reason.
 */
// A write or close that fails closes the channel, which channelInactive handles.
@SuppressWarnings("FutureReturnValueIgnored")
final class AckWriter {
  private static final int PUBACK = 0x40;
  private static final int PUBACK_BYTES = 4;

  private AckWriter() {}

  /** Whether anything was written; the caller flushes. */
  static boolean write(Channel channel, AckQueue acks, boolean v5) {
    ByteBuf run = null;
    boolean written = false;
    for (AckQueue.Owed each = acks.poll(); each != null; each = acks.poll()) {
      written = true;
      if (each.outcome().durable() || !v5) {
        run = run == null ? channel.alloc().ioBuffer(PUBACK_BYTES * (1 + acks.size())) : run;
        run.writeByte(PUBACK).writeByte(2).writeShort(each.packetId);
      } else {
        run = send(channel, run);
        channel.write(Packets.pubAck(each.packetId, each.outcome()));
      }
    }
    send(channel, run);
    return written;
  }

  private static @Nullable ByteBuf send(Channel channel, @Nullable ByteBuf run) {
    if (run != null) {
      channel.write(run);
    }
    return null;
  }
}
