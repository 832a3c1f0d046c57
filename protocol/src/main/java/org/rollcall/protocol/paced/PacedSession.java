package org.rollcall.protocol.paced;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One test at the server: first it sends, then it counts. The server's thread. */
final class PacedSession {
  /** A client that says nothing for so long is gone. Project default. */
  static final long SILENCE_NANOS = 1_500_000_000L;

  /** Between two words to the client. */
  private static final long WORD_NANOS = 100_000_000L;

  private static final long MILLI = 1_000_000L;

  /** How long an ended test is remembered, so that a repeated END gets its answer. */
  private static final long LINGER_NANOS = 3_000 * MILLI;

  /** Beyond the time granted, for what waits in queues. */
  private static final long SLACK_NANOS = 12_000 * MILLI;

  private static final int ENDS = 5;

  private enum Phase {
    WAITING,
    DOWNLOAD,
    ENDING,
    UPLOAD,
    LINGERING
  }

  /** Sends to this client; false when the system has no room for it now. */
  interface Out {
    boolean send(InetSocketAddress to, ByteBuffer datagram);
  }

  private final Datagrams.Hello hello;
  private final InetSocketAddress client;
  private final long id;
  private final Grant grant;
  private final Arrivals upload;
  private final long deadline;
  private Phase phase = Phase.WAITING;
  private @Nullable Pace pace;
  private long heard;
  private long spoken;
  private int ends;
  private boolean lastSaid;

  PacedSession(
      Datagrams.Hello hello, InetSocketAddress client, long id, Grant grant, long nowNanos) {
    this.hello = hello;
    this.client = client;
    this.id = id;
    this.grant = grant;
    this.upload = new Arrivals(grant.datagrams(grant.uploadMillis()), false);
    this.heard = nowNanos;
    this.spoken = nowNanos - WORD_NANOS;
    this.deadline =
        nowNanos + (grant.downloadMillis() + grant.uploadMillis()) * MILLI + SLACK_NANOS;
  }

  long id() {
    return id;
  }

  byte[] token() {
    return hello.token();
  }

  boolean isOf(InetSocketAddress from, Datagrams.Hello again) {
    return client.equals(from) && hello.nonce() == again.nonce();
  }

  boolean isFrom(InetSocketAddress from) {
    return client.equals(from);
  }

  Datagrams.Ready ready(long nowMillis) {
    return new Datagrams.Ready(hello.nonce(), id, grant, nowMillis);
  }

  boolean sending() {
    return phase == Phase.DOWNLOAD;
  }

  void alive(Datagrams.Alive alive, long nowNanos) {
    heard = nowNanos;
    if (phase == Phase.WAITING) {
      phase = Phase.DOWNLOAD;
      pace =
          new Pace(
              grant.paceBitsPerSecond(),
              nowNanos,
              grant.downloadMillis(),
              grant.datagrams(grant.downloadMillis()));
    } else if (alive.stop() && (phase == Phase.DOWNLOAD || phase == Phase.ENDING)) {
      phase = Phase.UPLOAD;
    }
  }

  void data(Datagrams.Data data, long nowNanos) {
    heard = nowNanos;
    if (phase == Phase.DOWNLOAD || phase == Phase.ENDING) {
      phase = Phase.UPLOAD;
    }
    if (phase == Phase.UPLOAD) {
      upload.add(data.number(), data.sentNanos(), nowNanos);
    }
  }

  void end(long nowNanos) {
    heard = nowNanos;
    if (phase != Phase.WAITING) {
      phase = Phase.LINGERING;
      lastSaid = false;
    }
  }

  /** Whether there is nothing more to do for it. */
  boolean over(long nowNanos) {
    long patience = phase == Phase.LINGERING ? LINGER_NANOS : SILENCE_NANOS;
    return nowNanos - deadline >= 0 || nowNanos - heard > patience;
  }

  /**
   * Sends what is due.
   *
   * @param noise of the size of a measuring datagram; overwritten
   * @param words for all other datagrams; overwritten
   */
  void tick(long nowNanos, Out out, ByteBuffer noise, ByteBuffer words) {
    switch (phase) {
      case WAITING -> {}
      case DOWNLOAD -> download(nowNanos, out, noise);
      case ENDING -> ending(nowNanos, out, words);
      case UPLOAD -> {
        if (upload.received() > 0 && nowNanos - spoken >= WORD_NANOS) {
          spoken = nowNanos;
          out.send(client, counted(false).write(words));
        }
      }
      case LINGERING -> {
        if (!lastSaid) {
          lastSaid = out.send(client, counted(true).write(words));
        }
      }
    }
  }

  private void download(long nowNanos, Out out, ByteBuffer noise) {
    Pace sending = pace;
    if (sending == null) {
      throw new IllegalStateException("BUG: a download without a pace");
    }
    for (int due = sending.due(nowNanos); due > 0; due--) {
      long now = System.nanoTime();
      if (!out.send(client, new Datagrams.Data(id, sending.sent(), now).write(noise))) {
        break;
      }
      sending.sent(now);
    }
    if (sending.over(nowNanos)) {
      phase = Phase.ENDING;
    }
  }

  private void ending(long nowNanos, Out out, ByteBuffer words) {
    Pace sent = pace;
    if (sent != null && ends < ENDS && nowNanos - spoken >= WORD_NANOS) {
      spoken = nowNanos;
      ends++;
      out.send(client, new Datagrams.End(id, sent.sent(), sent.nanos()).write(words));
    }
  }

  private Datagrams.Counted counted(boolean last) {
    return new Datagrams.Counted(
        id, upload.received(), upload.bytesAfterFirst(), upload.nanos(), last);
  }
}
