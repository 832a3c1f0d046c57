package org.rollcall.agent.reach.http;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.reach.ConnectFailure;

/**
 * One page, with the redirections on the way to it. Ends within the family's patience, whatever the
 * other side does. All of it on one event loop, but for the name lookup.
 */
final class HttpLook {
  /** Project default. */
  static final int REDIRECTIONS = 3;

  /** How much of a page is looked through. Project default. */
  static final int MOST_BYTES = 262_144;

  private static final int LONGEST_LINE = 4096;
  private static final int LONGEST_HEAD = 16_384;
  private static final int LONGEST_PIECE = 8192;

  /**
   * How it ended.
   *
   * @param reason null when all was as expected
   * @param status of the last response; null when there was none
   * @param millis from the first connection to the head of the last response
   * @param certificateDays null when no certificate was shown
   */
  record Outcome(
      @Nullable String reason,
      @Nullable Integer status,
      double millis,
      @Nullable Long certificateDays) {}

  private final HttpProbes family;
  private final HttpProbe probe;
  private final EventLoop loop;
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

  private HttpTarget target;
  private int redirections;
  private long begun;
  private double millis;
  private @Nullable Channel channel;
  private @Nullable CertificateCheck check;
  private @Nullable ScheduledFuture<?> alarm;
  private @Nullable Integer status;
  private @Nullable Long certificateDays;

  HttpLook(HttpProbes family, HttpProbe probe) {
    this.family = family;
    this.probe = probe;
    this.target = probe.target();
    this.loop = family.loops().next();
  }

  CompletableFuture<Outcome> start() {
    loop.execute(
        () -> {
          alarm =
              loop.schedule(
                  () -> end(ConnectFailure.TIMEOUT),
                  family.patience().toMillis(),
                  TimeUnit.MILLISECONDS);
          find();
        });
    return outcome;
  }

  private void find() {
    var unused =
        family
            .names()
            .address(target.endpoint())
            .thenAcceptAsync(
                address -> {
                  if (address.isPresent()) {
                    connect(address.get());
                  } else {
                    end(ConnectFailure.UNKNOWN_HOST);
                  }
                },
                loop);
  }

  private void connect(InetAddress address) {
    if (outcome.isDone()) {
      return;
    }
    if (begun == 0) {
      begun = System.nanoTime();
    }
    ChannelFuture connecting =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) family.patience().toMillis())
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel opened) throws SSLException {
                    build(opened);
                  }
                })
            .connect(new InetSocketAddress(address, target.endpoint().port()));
    Channel connected = connecting.channel();
    channel = connected;
    Future<Void> unused =
        connecting.addListener(
            done -> {
              if (!done.isSuccess()) {
                endOf(connected, ConnectFailure.reason(done.cause()));
              } else if (!target.tls()) {
                ask(connected);
              }
            });
  }

  private void build(Channel opened) throws SSLException {
    if (target.tls()) {
      opened.pipeline().addLast(encryption(opened));
    }
    HttpClientCodec codec = new HttpClientCodec(LONGEST_LINE, LONGEST_HEAD, LONGEST_PIECE);
    opened.pipeline().addLast(codec, new HttpReader(this, probe.expected().text()));
  }

  /** A context of its own each time: nothing is resumed, so that the chain is what is shown now. */
  private SslHandler encryption(Channel opened) throws SSLException {
    CertificateCheck checking = new CertificateCheck(probe.authorities(), family.clock());
    check = checking;
    SslHandler encryption =
        SslContextBuilder.forClient()
            .trustManager(checking)
            .endpointIdentificationAlgorithm("HTTPS")
            .build()
            .newHandler(opened.alloc(), target.host(), target.endpoint().port());
    encryption.setHandshakeTimeoutMillis(0); // the look has a limit of its own
    Future<Channel> unused =
        encryption
            .handshakeFuture()
            .addListener(
                done -> {
                  noteCertificate(checking);
                  if (done.isSuccess()) {
                    ask(opened);
                  } else {
                    String fault = checking.fault();
                    endOf(opened, fault == null ? "tls-failed" : fault);
                  }
                });
    return encryption;
  }

  private void noteCertificate(CertificateCheck checked) {
    Long days = checked.daysLeft();
    if (days != null && (certificateDays == null || days < certificateDays)) {
      certificateDays = days;
    }
  }

  private void ask(Channel ready) {
    FullHttpRequest request =
        new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, target.path());
    request
        .headers()
        .set(HttpHeaderNames.HOST, target.authority())
        .set(HttpHeaderNames.USER_AGENT, "rollcall-agent")
        .set(HttpHeaderNames.ACCEPT, "*/*")
        .set(HttpHeaderNames.ACCEPT_ENCODING, "identity")
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    Future<Void> unused =
        ready
            .writeAndFlush(request)
            .addListener(
                done -> {
                  if (!done.isSuccess()) {
                    endOf(ready, HttpReader.HUNG_UP);
                  }
                });
  }

  /**
   * The head of a response has come.
   *
   * @return whether its page is to be read, too
   */
  boolean head(Channel from, HttpResponse response) {
    if (from != channel) {
      return false;
    }
    int code = response.status().code();
    status = code;
    millis = (System.nanoTime() - begun) / 1e6;
    boolean good = probe.expected().status().contains(code);
    String location = response.headers().get(HttpHeaderNames.LOCATION);
    if (isRedirection(code) && location != null && !(probe.expected().statusIsOurs() && good)) {
      follow(location);
      return false;
    }
    if (!good) {
      end("bad-status");
    } else if (probe.expected().text() == null) {
      end(null);
    } else {
      return true;
    }
    return false;
  }

  private static boolean isRedirection(int code) {
    return code == 301 || code == 302 || code == 303 || code == 307 || code == 308;
  }

  private void follow(String location) {
    HttpTarget next = target.redirected(location);
    if (next == null) {
      end("bad-redirect");
    } else if (redirections == REDIRECTIONS) {
      end("redirect-loop");
    } else {
      redirections++;
      target = next;
      closeChannel();
      find();
    }
  }

  /** Ends the look if it is still about this connection. */
  void endOf(Channel about, @Nullable String reason) {
    if (about == channel) {
      end(reason);
    }
  }

  private void end(@Nullable String reason) {
    if (alarm != null) {
      alarm.cancel(false);
    }
    if (check != null) {
      noteCertificate(check);
    }
    closeChannel();
    outcome.complete(new Outcome(reason, status, millis, certificateDays));
  }

  private void closeChannel() {
    if (channel != null) {
      Channel old = channel;
      channel = null;
      Future<Void> unused = old.close();
    }
  }
}
