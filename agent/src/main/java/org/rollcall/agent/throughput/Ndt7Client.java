package org.rollcall.agent.throughput;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.uplink.KeyPin;

/**
 * A client of ndt7 (m-lab/ndt-server, spec v0.9): one connection for each direction, a download
 * counted here, an upload as the server counted it. What arrived before a connection broke is kept.
 * Methods on any thread; the test itself on an event loop.
 */
public final class Ndt7Client {
  private static final String SUBPROTOCOL = "net.measurementlab.ndt.v7";

  /** TCP, TLS and the WebSocket handshake. */
  private static final int CONNECT_MILLIS = 10_000;

  /** The receive limit that the protocol asks for. */
  private static final int LARGEST_FRAME = 1 << 24;

  private static final int LARGEST_ANSWER = 8_192;
  private static final WriteBufferWaterMark WATER_MARK =
      new WriteBufferWaterMark(256 * 1024, 512 * 1024);

  private final EventLoopGroup loops;
  private final Target target;

  /**
   * Where to test.
   *
   * @param serverKeySha256 TLS with this key and no other; null: plain
   * @param accessToken what the collector granted; null where the server is open to all
   */
  public record Target(
      String host, int port, @Nullable String serverKeySha256, @Nullable String accessToken) {

    private URI uri(String direction) {
      String token = accessToken == null ? "" : "&access_token=" + accessToken;
      return URI.create(
          (serverKeySha256 == null ? "ws" : "wss")
              + "://"
              + (host.indexOf(':') < 0 ? host : "[" + host + "]")
              + ":"
              + port
              + "/ndt/v7/"
              + direction
              + "?client_name=rollcall-agent"
              + token);
    }
  }

  /**
   * @param loops stay the caller's
   */
  public Ndt7Client(EventLoopGroup loops, Target target) {
    this.loops = loops;
    this.target = target;
  }

  /** Completes when the server or the time ended it, after 15 s at most; never exceptionally. */
  public CompletableFuture<Ndt7Result> download() {
    return run("download", new Ndt7Download());
  }

  /** As {@link #download}. */
  public CompletableFuture<Ndt7Result> upload() {
    return run("upload", new Ndt7Upload());
  }

  private CompletableFuture<Ndt7Result> run(String direction, Ndt7Direction handler) {
    SSLEngine tls;
    try {
      String key = target.serverKeySha256();
      tls = key == null ? null : KeyPin.engine(key, target.host(), target.port());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("BUG: TLS cannot be set up", e);
    }
    WebSocketClientProtocolConfig config =
        WebSocketClientProtocolConfig.newBuilder()
            .webSocketUri(target.uri(direction))
            .version(WebSocketVersion.V13)
            .subprotocol(SUBPROTOCOL)
            .customHeaders(
                new DefaultHttpHeaders().add(HttpHeaderNames.USER_AGENT, "rollcall-agent ndt7"))
            .maxFramePayloadLength(LARGEST_FRAME)
            .handshakeTimeoutMillis(CONNECT_MILLIS)
            .handleCloseFrames(true)
            .dropPongFrames(true)
            .build();
    new Bootstrap()
        .group(loops)
        .channel(NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
        .handler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel made) {
                ChannelPipeline pipeline = made.pipeline();
                if (tls != null) {
                  pipeline.addLast(new SslHandler(tls));
                }
                pipeline.addLast(new HttpClientCodec());
                pipeline.addLast(new HttpObjectAggregator(LARGEST_ANSWER));
                pipeline.addLast(new WebSocketClientProtocolHandler(config));
                pipeline.addLast(handler);
              }
            })
        .connect(new InetSocketAddress(target.host(), target.port()))
        .addListener(
            connected -> {
              if (!connected.isSuccess()) {
                handler.end(Ndt7Result.NO_CONNECTION);
              }
            });
    return handler.result();
  }
}
