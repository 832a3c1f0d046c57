package org.rollcall.collector.ingest;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.intake.LogThrottle;
import org.rollcall.protocol.Limits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Admits connections, as many as the limits allow in all and from one address, and gives each its
 * handlers. One for both listeners, so that the limits hold over both. Event loops call it.
 */
// A write or close that fails closes the channel, which channelInactive handles.
@SuppressWarnings("FutureReturnValueIgnored")
final class FrontDoor {
  private static final Logger log = LoggerFactory.getLogger(FrontDoor.class);

  /** The decoder's own check; the gate has refused larger CONNECTs already. */
  private static final int MAX_CLIENT_ID = 256;

  /**
   * Whoever waited for half the time that a login may take, or more, gives up before it is done; a
   * project default.
   */
  private static final int STALE_PART = 2;

  private final House house;
  private final MqttSettings.Limits limits;
  private final LogThrottle turnedAway;
  private final int most;
  private final Strangers strangers;
  private final StaleCallers stale;
  private final AtomicInteger open = new AtomicInteger();
  private final Map<InetAddress, Integer> openByAddress = new ConcurrentHashMap<>();

  /**
   * @param most connections at once: as many as the limits say, or as the system lets there be
   */
  FrontDoor(House house, MqttSettings.Limits limits, int most, LogThrottle turnedAway) {
    this.house = house;
    this.limits = limits;
    this.most = most;
    this.strangers = new Strangers(limits.strangers());
    this.turnedAway = turnedAway;
    this.stale =
        new StaleCallers(
            limits.connectTimeout().dividedBy(STALE_PART), System::nanoTime, house.tally());
  }

  /** Knows who has waited too long; see {@link StaleCallers}. */
  StaleCallers stale() {
    return stale;
  }

  /**
   * @param tls null for the plain listener
   */
  ChannelInitializer<Channel> initializer(@Nullable SslContext tls) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        if (admit(channel)) {
          furnish(channel, tls);
        } else {
          turnAway(channel);
        }
      }
    };
  }

  private void furnish(Channel channel, @Nullable SslContext tls) {
    ChannelPipeline pipeline = channel.pipeline();
    pipeline.addLast(stale.inside());
    if (tls != null) {
      SslHandler handler = tls.newHandler(channel.alloc());
      handler.setHandshakeTimeoutMillis(0); // the gate's patience holds for the handshake, too
      pipeline.addLast(handler);
    }
    pipeline.addLast(
        new ConnectGate(limits.connectTimeout(), house.tally(), () -> strangers.leave(channel)),
        new MqttDecoder(Limits.MAX_PACKET_BYTES, MAX_CLIENT_ID),
        MqttEncoder.INSTANCE,
        new Session(house, channel));
  }

  private boolean admit(Channel channel) {
    house.tally().accepted.increment();
    InetAddress address = address(channel.remoteAddress());
    if (open.incrementAndGet() > most) {
      open.decrementAndGet();
      return false;
    }
    if (limits.connectionsPerAddress() > 0 && address != null) {
      int fromThere = openByAddress.merge(address, 1, Integer::sum);
      if (fromThere > limits.connectionsPerAddress()) {
        leave(address);
        return false;
      }
    }
    house.tally().open.increment();
    Channel goes = strangers.enter(channel);
    channel.closeFuture().addListener(closed -> left(channel, address));
    if (goes != null) {
      house.tally().crowdedOut.increment();
      goes.close();
    }
    return true;
  }

  private void left(Channel channel, @Nullable InetAddress address) {
    house.tally().open.decrement();
    strangers.leave(channel);
    leave(address);
  }

  private void leave(@Nullable InetAddress address) {
    open.decrementAndGet();
    if (limits.connectionsPerAddress() > 0 && address != null) {
      openByAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
    }
  }

  private void turnAway(Channel channel) {
    house.tally().turnedAway.increment();
    OptionalLong heldBack = turnedAway.pass();
    if (heldBack.isPresent()) {
      log.atWarn()
          .addKeyValue("address", channel.remoteAddress())
          .addKeyValue("open", open.get())
          .addKeyValue("heldBack", heldBack.getAsLong())
          .log("Connection turned away: too many are open (mqtt.limits)");
    }
    channel.close();
  }

  private static @Nullable InetAddress address(@Nullable SocketAddress remote) {
    return remote instanceof InetSocketAddress inet ? inet.getAddress() : null;
  }
}
