package org.rollcall.simulator.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One agent of the load: keeps a fixed number of reports unacknowledged, sends the next as soon as
 * one is acknowledged, and stops sending when told to. Runs on its event loop only.
 */
final class LoadConnection extends ByteToMessageDecoder {
  private final Login login;
  private final @Nullable ReportTemplate template;
  private final byte[] topic;
  private final LoadFigures figures;
  private final long[] sentAt;
  private final long firstMillis;
  private final int[] toSend;
  private int toSendCount;
  private long seq;
  private final AtomicLong acknowledgedReports = new AtomicLong();
  private boolean connected;

  /**
   * Who connects.
   *
   * @param school code of its school; empty where nobody knows schools
   * @param clientId also the agent's name in topic and report
   */
  record Login(String school, String clientId, String user, String password) {
    @Override
    public String toString() {
      return "Login[" + clientId + "]";
    }
  }

  /**
   * @param template what to send; null: nothing, the connection idles
   * @param inFlight how many reports may be unacknowledged
   * @param firstMillis time of the first report's observations; each later report is one
   *     millisecond on
   */
  LoadConnection(
      Login login,
      @Nullable ReportTemplate template,
      int inFlight,
      long firstMillis,
      LoadFigures figures) {
    this.login = login;
    this.template = template;
    this.topic = Packet.utf8(org.rollcall.protocol.Topics.report(login.clientId()));
    this.figures = figures;
    this.sentAt = new long[inFlight + 1];
    this.toSend = new int[inFlight];
    this.firstMillis = firstMillis;
    for (int id = 1; id <= inFlight; id++) {
      toSend[toSendCount++] = id;
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    ByteBuf out = context.alloc().buffer(256);
    Packet.connect(out, login.clientId(), login.user(), login.password(), 0);
    var unused = context.writeAndFlush(out, context.voidPromise());
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    long now = 0;
    int whole;
    while ((whole = Packet.whole(in)) > 0) {
      int end = in.readerIndex() + whole;
      int type = in.readUnsignedByte() >>> 4;
      int length = Packet.variable(in);
      switch (type) {
        case Packet.CONNACK -> connected(context, in.getUnsignedByte(in.readerIndex() + 1));
        case Packet.PUBACK -> {
          now = now == 0 ? System.nanoTime() : now;
          int id = in.readUnsignedShort();
          acknowledged(id, length > 2 ? in.readUnsignedByte() : 0, now);
        }
        case Packet.DISCONNECT ->
            figures.broken("disconnect " + (length > 0 ? in.readUnsignedByte() : 0));
        default -> {
          // PINGRESP and the like carry nothing the load needs.
        }
      }
      in.readerIndex(end);
    }
  }

  private void connected(ChannelHandlerContext context, int reason) {
    if (reason != 0) {
      figures.broken("connect refused with reason 0x" + Integer.toHexString(reason));
      var unused = context.close();
      return;
    }
    connected = true;
    figures.connected();
  }

  private void acknowledged(int id, int reason, long now) {
    if (id < 1 || id >= sentAt.length) {
      figures.broken("acknowledgement of packet " + id + ", which was not sent");
      return;
    }
    if (reason < 0x80) {
      acknowledgedReports.lazySet(acknowledgedReports.getPlain() + 1);
    }
    figures.acknowledged(reason, now - sentAt[id]);
    toSend[toSendCount++] = id;
  }

  /** Once all that arrived together is read, sends what may be sent in one write. */
  @Override
  public void channelReadComplete(ChannelHandlerContext context) throws Exception {
    super.channelReadComplete(context);
    send(context);
  }

  private void send(ChannelHandlerContext context) {
    ReportTemplate report = template;
    if (!connected || report == null || toSendCount == 0 || !figures.sending()) {
      return;
    }
    long now = System.nanoTime();
    ByteBuf out = context.alloc().buffer(toSendCount * (report.length() + topic.length + 16));
    while (toSendCount > 0) {
      int id = toSend[--toSendCount];
      sentAt[id] = now;
      seq++;
      // Number 1 would have to come without a hash of the report before it.
      Packet.publish(out, topic, id, report.write(seq + 1, firstMillis + seq));
      figures.sent();
    }
    var unused = context.writeAndFlush(out, context.voidPromise());
  }

  /** Begins to send; for a connection that was connected before the run began. */
  void begin(ChannelHandlerContext context) {
    send(context);
  }

  /** Reports acknowledged as good so far. Any thread. */
  long acknowledgedReports() {
    return acknowledgedReports.get();
  }

  /** No observation of this connection is older. */
  long firstMillis() {
    return firstMillis;
  }

  String school() {
    return login.school();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    super.channelInactive(context);
    if (!figures.over()) {
      figures.broken("connection closed by the other side");
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    figures.broken(String.valueOf(cause.getMessage()));
    var unused = context.close();
  }
}
