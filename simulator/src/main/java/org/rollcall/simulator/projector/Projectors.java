package org.rollcall.simulator.projector;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Projectors at ports of the loopback. Between {@link #start} and {@link #close} any thread may add
 * one.
 */
public final class Projectors implements AutoCloseable {
  /** A projector closes what was silent for so long after its last answer (specification 5.2). */
  private static final int IDLE_SECONDS = 30;

  private static final int OFTEN = 3;
  private static final long OFTEN_MILLIS = 10_000;

  private final Clock clock;
  private final RandomGenerator random;
  private final List<Seat> seats = new ArrayList<>();
  private @Nullable EventLoopGroup loop;

  public Projectors(Clock clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  public synchronized void start() {
    if (loop == null) {
      loop =
          new MultiThreadIoEventLoopGroup(
              1, new DefaultThreadFactory("projectors", true), NioIoHandler.newFactory());
    }
  }

  /** Lets a projector answer at a free port. */
  public synchronized Seat add(Projector projector) {
    EventLoopGroup group = loop;
    if (group == null) {
      throw new IllegalStateException("BUG: the projectors are not started");
    }
    Seat seat = new Seat(projector);
    Channel channel =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel made) {
                    made.pipeline()
                        .addLast(new IdleStateHandler(0, 0, IDLE_SECONDS))
                        .addLast(new ProjectorConnection(projector, seat));
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
    seat.channel = channel;
    seats.add(seat);
    return seat;
  }

  /** A projector in its place on the network. */
  public final class Seat implements ProjectorConnection.Place {
    private final Projector projector;
    private final Deque<Long> entered = new ArrayDeque<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> commands = new ConcurrentLinkedQueue<>();
    private @Nullable Channel channel;
    private int present;
    private boolean locked;

    private Seat(Projector projector) {
      this.projector = projector;
    }

    public Projector projector() {
      return projector;
    }

    /** {@code host:port}. */
    public String address() {
      Channel its = channel;
      if (its == null) {
        throw new IllegalStateException("BUG: the projector has no port");
      }
      InetSocketAddress at = (InetSocketAddress) its.localAddress();
      return at.getAddress().getHostAddress() + ":" + at.getPort();
    }

    /** How many connections there were. */
    public int connections() {
      return connections.get();
    }

    /** What was asked since the last call, oldest first. */
    public List<String> takeCommands() {
      List<String> taken = new ArrayList<>();
      for (String next = commands.poll(); next != null; next = commands.poll()) {
        taken.add(next);
      }
      return taken;
    }

    /** Pulls the plug: the port refuses from now on. */
    public void unplug() {
      Channel its = channel;
      if (its != null) {
        its.close().syncUninterruptibly();
      }
    }

    @Override
    public boolean enter() {
      connections.incrementAndGet();
      present++;
      long now = clock.millis();
      entered.add(now);
      while (!entered.isEmpty() && entered.getFirst() < now - OFTEN_MILLIS) {
        entered.removeFirst();
      }
      locked |= projector.model().has(Quirk.LOCKS_UP_WHEN_ASKED_OFTEN) && entered.size() >= OFTEN;
      return !locked && !(present > 1 && projector.model().has(Quirk.ONE_CONNECTION));
    }

    @Override
    public void leave() {
      present--;
    }

    @Override
    public String random(int digits) {
      StringBuilder text = new StringBuilder(digits);
      synchronized (Projectors.this) {
        for (int i = 0; i < digits; i++) {
          text.append(Character.forDigit(random.nextInt(16), 16));
        }
      }
      return text.toString();
    }

    /** Keeps the newest few; a demo runs for days. */
    @Override
    public void asked(String command) {
      commands.add(command);
      if (commands.size() > 100) {
        commands.poll();
      }
    }
  }

  /** Every port is closed; waits for the thread to end, 5 s at most. */
  @Override
  public synchronized void close() {
    EventLoopGroup group = loop;
    if (group != null) {
      loop = null;
      seats.clear();
      group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(5_000);
    }
  }
}
