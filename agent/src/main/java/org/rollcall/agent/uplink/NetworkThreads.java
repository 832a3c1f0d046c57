package org.rollcall.agent.uplink;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The threads that connections run on; one is enough for an agent, and many agents or load
 * generators in a process share some. Nothing that blocks may run on them.
 */
public final class NetworkThreads implements AutoCloseable {
  private static final Duration QUIET = Duration.ZERO;
  private static final Duration AT_MOST = Duration.ofSeconds(5);

  private final int threads;
  private @Nullable EventLoopGroup group;

  public NetworkThreads(int threads) {
    this.threads = threads;
  }

  public synchronized void start() {
    if (group == null) {
      group =
          new MultiThreadIoEventLoopGroup(
              threads, new DefaultThreadFactory("network", true), NioIoHandler.newFactory());
    }
  }

  public synchronized EventLoopGroup group() {
    if (group == null) {
      throw new IllegalStateException("BUG: the network threads are not started");
    }
    return group;
  }

  /** Waits for them to end, for 5 s at most. */
  @Override
  public synchronized void close() {
    if (group != null) {
      Future<?> ended =
          group.shutdownGracefully(QUIET.toMillis(), AT_MOST.toMillis(), TimeUnit.MILLISECONDS);
      ended.awaitUninterruptibly(AT_MOST.toMillis());
      group = null;
    }
  }
}
