package org.rollcall.protocol.paced;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One paced test, run on its caller's thread from hello to the last count; opens one UDP socket and
 * closes it. Used once.
 */
public final class PacedClient {
  private static final int BUFFER_BYTES = 1024 * 1024;
  private static final long MILLI = 1_000_000L;
  private static final long HELLO_AGAIN_NANOS = 500 * MILLI;
  private static final long HELLO_PATIENCE_NANOS = 5_000 * MILLI;
  private static final long WORD_NANOS = 100 * MILLI;

  /** What may wait in queues on the way: a longer silence is the end. Project default. */
  private static final long QUEUE_NANOS = 3_000 * MILLI;

  private static final int LONGEST_DATAGRAM = 2_048;

  private final InetSocketAddress server;
  private final byte[] token;
  private final RandomGenerator random;
  private final InstantSource clock;
  private final BooleanSupplier toStop;
  private final ByteBuffer in = ByteBuffer.allocate(LONGEST_DATAGRAM);
  private final ByteBuffer words = ByteBuffer.allocate(Datagrams.HELLO_BYTES);
  private double rttMillis = Double.NaN;
  private @Nullable Long aheadMillis;
  private @Nullable Flow download;
  private @Nullable Flow upload;

  /**
   * @param server resolved
   * @param token as granted, 32 bytes
   * @param toStop asked often: whether to give up
   */
  public PacedClient(
      InetSocketAddress server,
      byte[] token,
      RandomGenerator random,
      InstantSource clock,
      BooleanSupplier toStop) {
    if (token.length != Datagrams.TOKEN_BYTES) {
      throw new IllegalArgumentException("a token has 32 bytes");
    }
    this.server = server;
    this.token = token.clone();
    this.random = random;
    this.clock = clock;
    this.toStop = toStop;
  }

  /** What is missing for a test to go on; the reason is one of {@link PacedOutcome}'s. */
  private static final class EndedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final String reason;

    EndedException(String reason) {
      super(reason);
      this.reason = reason;
    }
  }

  /** The socket with its selector. */
  private record Wire(DatagramChannel channel, Selector selector) {}

  /** Blocks for as long as the test lasts: its seconds and at most 15 more. */
  public PacedOutcome run() {
    String reason = null;
    try (DatagramChannel channel = DatagramChannel.open();
        Selector selector = Selector.open()) {
      channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
      channel.connect(server);
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ);
      Wire wire = new Wire(channel, selector);
      Datagrams.Ready ready = hello(wire);
      download(wire, ready);
      if (ready.grant().uploadMillis() > 0) {
        upload(wire, ready);
      }
    } catch (EndedException ended) {
      reason = ended.reason;
    } catch (PortUnreachableException refused) {
      reason = Double.isNaN(rttMillis) ? PacedOutcome.UDP_BLOCKED : PacedOutcome.SERVER_SILENT;
    } catch (IOException e) {
      reason = PacedOutcome.NO_NETWORK;
    }
    return new PacedOutcome(
        download, upload, Double.isNaN(rttMillis) ? null : rttMillis, aheadMillis, reason);
  }

  /** Ends with READY, or after 5 s. */
  private Datagrams.Ready hello(Wire wire) throws IOException, EndedException {
    long nonce = random.nextLong();
    long begun = System.nanoTime();
    long said = begun - HELLO_AGAIN_NANOS;
    byte[] cookie = new byte[Datagrams.COOKIE_BYTES];
    while (System.nanoTime() - begun < HELLO_PATIENCE_NANOS) {
      goOn();
      if (System.nanoTime() - said >= HELLO_AGAIN_NANOS) {
        said = System.nanoTime();
        wire.channel.write(new Datagrams.Hello(nonce, token, cookie).write(words));
      }
      Datagrams.Kind kind = receive(wire, 20);
      long now = System.nanoTime();
      if (kind == Datagrams.Kind.COOKIE) {
        Datagrams.Cookie answer = Datagrams.Cookie.read(in);
        if (answer.nonce() == nonce) {
          time(now - said, answer.serverMillis());
          cookie = answer.cookie();
          said = now - HELLO_AGAIN_NANOS;
        }
      } else if (kind == Datagrams.Kind.READY) {
        Datagrams.Ready ready = Datagrams.Ready.read(in);
        if (ready != null && ready.nonce() == nonce) {
          time(now - said, ready.serverMillis());
          return ready;
        }
      } else if (kind == Datagrams.Kind.REFUSED && Datagrams.Refused.read(in).nonce() == nonce) {
        throw new EndedException(PacedOutcome.TOKEN_REFUSED);
      }
    }
    throw new EndedException(
        Double.isNaN(rttMillis) ? PacedOutcome.UDP_BLOCKED : PacedOutcome.SERVER_SILENT);
  }

  private void time(long nanos, long serverMillis) {
    double rtt = nanos / 1e6;
    if (Double.isNaN(rttMillis) || rtt < rttMillis) {
      rttMillis = rtt;
      aheadMillis = serverMillis + Math.round(rtt / 2) - clock.millis();
    }
  }

  /** Ends with the server's END, or when it is silent for too long, or long after its time. */
  private void download(Wire wire, Datagrams.Ready ready) throws IOException, EndedException {
    Grant grant = ready.grant();
    Arrivals arrivals = new Arrivals(grant.datagrams(grant.downloadMillis()), true);
    long begun = System.nanoTime();
    long latest = begun + grant.downloadMillis() * MILLI + 2 * QUEUE_NANOS;
    long said = begun - WORD_NANOS;
    Datagrams.End end = null;
    while (end == null && System.nanoTime() - latest < 0) {
      long now = System.nanoTime();
      long heard = arrivals.received() == 0 ? begun : arrivals.lastNanos();
      if (now - heard > QUEUE_NANOS || toStop.getAsBoolean()) {
        break;
      }
      if (now - said >= WORD_NANOS) {
        said = now;
        say(wire, new Datagrams.Alive(ready.session(), arrivals.received(), false).write(words));
      }
      end = take(wire, ready, arrivals);
    }
    say(wire, new Datagrams.Alive(ready.session(), arrivals.received(), true).write(words));
    int sent = end == null ? arrivals.sentAtLeast() : end.sent();
    double delay = arrivals.delayMillis();
    download =
        Flow.of(
            arrivals.received(),
            arrivals.bytesAfterFirst(),
            arrivals.nanos(),
            sent,
            Double.isNaN(delay) ? null : delay,
            end == null ? 1 : Flow.paceShare(end.sent(), end.nanos(), grant.paceBitsPerSecond()));
    goOn();
    if (end == null) {
      throw new EndedException(PacedOutcome.SERVER_SILENT);
    }
  }

  /** All that is there now, or the first that comes within 20 ms. */
  private Datagrams.@Nullable End take(Wire wire, Datagrams.Ready ready, Arrivals arrivals)
      throws IOException {
    Datagrams.Kind kind = receive(wire, 20);
    for (int i = 0; kind != null && i < 256; i++) {
      if (kind == Datagrams.Kind.DATA) {
        Datagrams.Data data = Datagrams.Data.read(in);
        if (data.session() == ready.session()) {
          arrivals.add(data.number(), data.sentNanos(), System.nanoTime());
        }
      } else if (kind == Datagrams.Kind.END) {
        Datagrams.End end = Datagrams.End.read(in);
        if (end.session() == ready.session()) {
          return end;
        }
      }
      kind = receive(wire, 0);
    }
    return null;
  }

  /** Ends with the server's last count, or when it is silent for too long. */
  private void upload(Wire wire, Datagrams.Ready ready) throws IOException, EndedException {
    Grant grant = ready.grant();
    ByteBuffer noise = ByteBuffer.allocateDirect(Datagrams.DATA_BYTES);
    byte[] noisy = new byte[Datagrams.DATA_BYTES];
    random.nextBytes(noisy);
    noise.put(noisy);
    long begun = System.nanoTime();
    Pace pace =
        new Pace(
            grant.paceBitsPerSecond(),
            begun,
            grant.uploadMillis(),
            grant.datagrams(grant.uploadMillis()));
    Datagrams.Counted counted = null;
    long heard = begun;
    while (!pace.over(System.nanoTime()) && System.nanoTime() - heard < QUEUE_NANOS) {
      for (int due = pace.due(System.nanoTime()); due > 0; due--) {
        long now = System.nanoTime();
        if (!say(wire, new Datagrams.Data(ready.session(), pace.sent(), now).write(noise))) {
          break;
        }
        pace.sent(now);
      }
      goOn();
      Datagrams.Counted news = counted(wire, ready, 1);
      if (news != null) {
        counted = news;
        heard = System.nanoTime();
      }
    }
    counted = lastCount(wire, ready, pace, counted);
    if (counted != null) {
      upload =
          Flow.of(
              counted.received(),
              counted.bytesAfterFirst(),
              counted.nanos(),
              pace.sent(),
              null,
              Flow.paceShare(pace.sent(), pace.nanos(), grant.paceBitsPerSecond()));
    }
    if (counted == null || !counted.last()) {
      throw new EndedException(PacedOutcome.SERVER_SILENT);
    }
  }

  /** Says END until the server has answered it; for as long as queues may hold it up. */
  private Datagrams.@Nullable Counted lastCount(
      Wire wire, Datagrams.Ready ready, Pace pace, Datagrams.@Nullable Counted known)
      throws IOException {
    Datagrams.Counted counted = known;
    long begun = System.nanoTime();
    long said = begun - WORD_NANOS;
    while ((counted == null || !counted.last())
        && System.nanoTime() - begun < QUEUE_NANOS
        && !toStop.getAsBoolean()) {
      if (System.nanoTime() - said >= WORD_NANOS) {
        said = System.nanoTime();
        say(wire, new Datagrams.End(ready.session(), pace.sent(), pace.nanos()).write(words));
      }
      Datagrams.Counted news = counted(wire, ready, 20);
      counted = news == null ? counted : news;
    }
    return counted;
  }

  /** The newest count there is, waiting for one so long. */
  private Datagrams.@Nullable Counted counted(Wire wire, Datagrams.Ready ready, long millis)
      throws IOException {
    Datagrams.Counted newest = null;
    Datagrams.Kind kind = receive(wire, millis);
    for (int i = 0; kind != null && i < 64; i++) {
      if (kind == Datagrams.Kind.COUNTED) {
        Datagrams.Counted read = Datagrams.Counted.read(in);
        newest = read.session() == ready.session() ? read : newest;
      }
      kind = receive(wire, 0);
    }
    return newest;
  }

  private static boolean say(Wire wire, ByteBuffer datagram) throws IOException {
    return wire.channel.write(datagram) > 0;
  }

  /** The kind of the next datagram that is one of ours; null when none came in time. */
  private Datagrams.@Nullable Kind receive(Wire wire, long millis) throws IOException {
    for (int i = 0; i < 64; i++) {
      in.clear();
      int got = wire.channel.read(in);
      if (got == 0 && i == 0 && millis > 0) {
        wire.selector.select(millis);
        wire.selector.selectedKeys().clear();
        got = wire.channel.read(in);
      }
      if (got == 0) {
        return null;
      }
      in.flip();
      Datagrams.Kind kind = Datagrams.kind(in);
      if (kind != null) {
        return kind;
      }
    }
    return null;
  }

  private void goOn() throws EndedException {
    if (toStop.getAsBoolean()) {
      throw new EndedException(PacedOutcome.STOPPED);
    }
  }
}
