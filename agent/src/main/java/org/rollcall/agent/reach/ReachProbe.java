package org.rollcall.agent.reach;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.rollcall.agent.probe.AddressedProbe;
import org.rollcall.agent.probe.Endpoint;
import org.rollcall.agent.probe.NameLookup;
import org.rollcall.agent.probe.TerminalState;
import org.rollcall.protocol.v1.Observation;

/**
 * Connects, and closes again without a byte sent. Measures: {@code up} 1 or 0, {@code
 * connectMillis} when it connected. Reasons: {@code refused}, {@code timeout}, {@code
 * unknown-host}, {@code unreachable}.
 */
final class ReachProbe extends AddressedProbe {

  private final Bootstrap bootstrap;

  ReachProbe(
      String subject,
      Endpoint endpoint,
      Duration interval,
      Duration timeout,
      EventLoopGroup loops,
      NameLookup names,
      Clock clock) {
    super(subject, endpoint, interval, names, clock);
    this.bootstrap =
        new Bootstrap()
            .group(loops)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) timeout.toMillis())
            .option(ChannelOption.AUTO_READ, false)
            .handler(new Nothing());
  }

  @Override
  protected CompletionStage<Observation> look(InetAddress address) {
    CompletableFuture<Observation> outcome = new CompletableFuture<>();
    long begun = System.nanoTime();
    ChannelFuture connecting = bootstrap.connect(new InetSocketAddress(address, port()));
    Future<Void> unused =
        connecting.addListener(
            done -> {
              double millis = (System.nanoTime() - begun) / 1e6;
              if (done.isSuccess()) {
                Future<Void> unusedToo = connecting.channel().close();
                outcome.complete(up(millis));
              } else {
                outcome.complete(down(ConnectFailure.reason(done.cause())));
              }
            });
    return outcome;
  }

  private Observation up(double millis) {
    return TerminalState.answering(observation(), true)
        .putMeasures("connectMillis", millis)
        .build();
  }

  /** Reads nothing and says nothing; the same one serves every connection of a probe. */
  @Sharable
  private static final class Nothing extends ChannelInboundHandlerAdapter {}
}
