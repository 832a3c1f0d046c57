package org.rollcall.simulator.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Holds the connections of a load on one event loop: more would only take processors away from the
 * side that is measured.
 */
final class LoadClient implements AutoCloseable {
  /** How many connects are under way at a time: a listener's backlog is not what is measured. */
  private static final int CONNECTS_AT_ONCE = 50;

  private static final Duration TIME_TO_CONNECT = Duration.ofSeconds(60);

  private final InetSocketAddress target;
  private final LoadFigures figures;
  private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final List<Channel> channels = new ArrayList<>();

  LoadClient(InetSocketAddress target, LoadFigures figures) {
    this.target = target;
    this.figures = figures;
  }

  /**
   * Connects all and waits until each is accepted.
   *
   * @throws IllegalStateException with what was in the way
   */
  void connect(List<? extends ChannelHandler> connections) throws InterruptedException {
    int before = figures.connections();
    int asked = 0;
    for (ChannelHandler connection : connections) {
      Bootstrap bootstrap =
          new Bootstrap()
              .group(loop)
              .channel(NioSocketChannel.class)
              .option(ChannelOption.TCP_NODELAY, true)
              .option(
                  ChannelOption.WRITE_BUFFER_WATER_MARK,
                  new WriteBufferWaterMark(512 * 1024, 1024 * 1024))
              .handler(
                  new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                      channel.pipeline().addLast(connection);
                    }
                  });
      channels.add(bootstrap.connect(target).syncUninterruptibly().channel());
      asked++;
      int most = before + asked - CONNECTS_AT_ONCE;
      await(() -> figures.connections() >= most, "connections were not accepted");
    }
    int all = before + asked;
    await(() -> figures.connections() >= all, "connections were not accepted");
  }

  /** Lets every connection send its first reports. */
  void beginSending() {
    figures.beginSending();
    for (Channel channel : channels) {
      LoadConnection connection = channel.pipeline().get(LoadConnection.class);
      if (connection != null) {
        var context = channel.pipeline().context(connection);
        channel.eventLoop().execute(() -> connection.begin(context));
      }
    }
  }

  /**
   * Waits for a condition, looking every few milliseconds; gives up at a fault or after a minute.
   */
  void await(BooleanSupplier condition, String otherwise) throws InterruptedException {
    long end = System.nanoTime() + TIME_TO_CONNECT.toNanos();
    while (!condition.getAsBoolean()) {
      if (!figures.faults().isEmpty() || System.nanoTime() > end) {
        throw new IllegalStateException(
            "At " + target + ": " + otherwise + "; faults: " + figures.faults() + ".");
      }
      TimeUnit.MILLISECONDS.sleep(2);
    }
  }

  @Override
  public void close() {
    figures.end();
    for (Channel channel : channels) {
      var unused = channel.close();
    }
    loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(10, TimeUnit.SECONDS);
  }
}
