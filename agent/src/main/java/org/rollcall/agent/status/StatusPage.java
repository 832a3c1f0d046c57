package org.rollcall.agent.status;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers on 127.0.0.1: {@code /} as HTML, {@code /status.json}, {@code /status.txt}. One request a
 * connection, at most 4 KiB, within 5 s, and 8 connections at a time; project defaults. {@link
 * #start} and {@link #close} once each.
 */
public final class StatusPage implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StatusPage.class);
  private static final int MOST_BYTES = 4 * 1024;
  private static final int MOST_CONNECTIONS = 8;
  private static final long SECONDS_TO_ASK = 5;

  private final StatusSettings settings;
  private final EventLoopGroup loops;
  private final Executor worker;
  private final Supplier<AgentStatus> source;
  private final AtomicInteger open = new AtomicInteger();
  private @Nullable Channel listening;

  /**
   * @param loops stay the caller's
   * @param worker where the answers are made; may wait for the disk
   */
  public StatusPage(
      StatusSettings settings,
      EventLoopGroup loops,
      Executor worker,
      Supplier<AgentStatus> source) {
    this.settings = settings;
    this.loops = loops;
    this.worker = worker;
    this.source = source;
  }

  /** Opens the port, if the settings want one. A port that is taken is said, and nothing more. */
  public void start() {
    if (!settings.enabled()) {
      return;
    }
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel made) {
                    made.pipeline().addLast(new Asking());
                  }
                })
            .bind(new InetSocketAddress(loopback(), settings.port()))
            .awaitUninterruptibly();
    if (bound.isSuccess()) {
      listening = bound.channel();
      log.atInfo().addKeyValue("address", bound.channel().localAddress()).log("Status page");
    } else {
      log.atWarn()
          .addKeyValue("port", settings.port())
          .log("No status page: the port is taken; set status.port");
    }
  }

  static InetAddress loopback() {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    } catch (UnknownHostException e) {
      throw new IllegalStateException("BUG: four bytes are an address", e);
    }
  }

  /** Where it answers; 0 when it does not. */
  public int port() {
    Channel channel = listening;
    return channel == null ? 0 : ((InetSocketAddress) channel.localAddress()).getPort();
  }

  @Override
  public void close() {
    if (listening != null) {
      listening.close().awaitUninterruptibly();
    }
  }

  private byte[] answer(StatusRequest request) {
    String type = "text/plain";
    String body;
    if (request.status() != 200) {
      body = request.status() + "\n";
    } else if (request.path().equals("/status.json")) {
      type = "application/json";
      body = StatusRendering.json(source.get());
    } else if (request.path().equals("/status.txt")) {
      body = StatusRendering.text(source.get(), request.chinese(), ZoneId.systemDefault());
    } else {
      type = "text/html";
      body = StatusRendering.html(source.get(), request.chinese(), ZoneId.systemDefault());
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 "
            + request.status()
            + " -\r\nContent-Type: "
            + type
            + "; charset=utf-8\r\nContent-Length: "
            + bytes.length
            + "\r\nConnection: close\r\nCache-Control: no-store\r\nAllow: GET\r\n"
            + "X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n"
            + "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline';"
            + " frame-ancestors 'none'\r\n\r\n";
    byte[] start = head.getBytes(StandardCharsets.US_ASCII);
    byte[] whole = new byte[start.length + bytes.length];
    System.arraycopy(start, 0, whole, 0, start.length);
    System.arraycopy(bytes, 0, whole, start.length, bytes.length);
    return whole;
  }

  /** What fails of these ends the connection, and nobody waits for it. */
  private static void begun(Future<?> operation) {
    if (operation.isCancelled()) {
      log.atDebug().log("A status answer was cancelled");
    }
  }

  /** One connection: gathers a request's head, hands it to the worker, and ends. */
  private final class Asking extends SimpleChannelInboundHandler<ByteBuf> {
    private final StringBuilder head = new StringBuilder(256);
    private boolean asked;

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
      if (open.incrementAndGet() > MOST_CONNECTIONS) {
        begun(ctx.close());
        return;
      }
      begun(ctx.executor().schedule(() -> begun(ctx.close()), SECONDS_TO_ASK, TimeUnit.SECONDS));
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      open.decrementAndGet();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
      if (asked) {
        return;
      }
      int room = Math.min(bytes.readableBytes(), MOST_BYTES + 1 - head.length());
      head.append(bytes.readCharSequence(room, StandardCharsets.ISO_8859_1));
      int end = head.indexOf("\r\n\r\n");
      if (end >= 0 || head.length() > MOST_BYTES) {
        asked = true;
        StatusRequest request =
            end >= 0 ? StatusRequest.read(head.substring(0, end)) : StatusRequest.refused(431);
        try {
          worker.execute(() -> write(ctx, request));
        } catch (RejectedExecutionException e) {
          begun(ctx.close());
        }
      }
    }

    private void write(ChannelHandlerContext ctx, StatusRequest request) {
      byte[] bytes;
      try {
        bytes = answer(request);
      } catch (RuntimeException e) {
        log.atError().setCause(e).log("The status could not be told");
        bytes = answer(StatusRequest.refused(500));
      }
      begun(
          ctx.writeAndFlush(Unpooled.wrappedBuffer(bytes))
              .addListener(ChannelFutureListener.CLOSE));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable fault) {
      begun(ctx.close());
    }
  }
}
