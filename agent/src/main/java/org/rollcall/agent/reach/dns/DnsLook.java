package org.rollcall.agent.reach.dns;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DatagramDnsQueryEncoder;
import io.netty.handler.codec.dns.DatagramDnsResponseDecoder;
import io.netty.handler.codec.dns.DefaultDnsQuery;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DnsQuery;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsSection;
import io.netty.handler.codec.dns.TcpDnsQueryEncoder;
import io.netty.handler.codec.dns.TcpDnsResponseDecoder;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.reach.ConnectFailure;

/**
 * One question to one server: by UDP, once more when nothing came, and by TCP when the answer was
 * too long for UDP (RFC 1035 4.2). The socket is connected, so that the system drops what comes
 * from any other address or port. What is no answer to this question is passed over, and the right
 * one still waited for. Ends after three times the patience at most. All of it on one event loop.
 */
final class DnsLook {

  /**
   * How it ended.
   *
   * @param answer null when there was none; then {@code reason} says why
   * @param millis from the first question to the answer
   */
  record Outcome(@Nullable DnsAnswer answer, double millis, String reason) {}

  private final EventLoop loop;
  private final InetSocketAddress server;
  private final DnsProbe.Question question;
  private final int id;
  private final Duration patience;
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

  private long begun;
  private @Nullable Channel channel;
  private @Nullable ScheduledFuture<?> alarm;
  private boolean byTcp;
  private boolean sentAgain;
  private boolean nonsense;

  DnsLook(
      EventLoop loop,
      InetSocketAddress server,
      DnsProbe.Question question,
      int id,
      Duration patience) {
    this.loop = loop;
    this.server = server;
    this.question = question;
    this.id = id;
    this.patience = patience;
  }

  CompletableFuture<Outcome> start() {
    loop.execute(this::byUdp);
    return outcome;
  }

  private void byUdp() {
    begun = System.nanoTime();
    connect(
        new Bootstrap()
            .channel(NioDatagramChannel.class)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel udp) {
                    udp.pipeline()
                        .addLast(
                            new DatagramDnsQueryEncoder(),
                            new DatagramDnsResponseDecoder(),
                            new Answers());
                  }
                }));
  }

  private void byTcp() {
    byTcp = true;
    closeChannel();
    connect(
        new Bootstrap()
            .channel(NioSocketChannel.class)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) patience.toMillis())
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel tcp) {
                    tcp.pipeline()
                        .addLast(
                            new TcpDnsQueryEncoder(), new TcpDnsResponseDecoder(), new Answers());
                  }
                }));
  }

  private void connect(Bootstrap bootstrap) {
    if (alarm != null) {
      alarm.cancel(false);
    }
    alarm = loop.schedule(this::late, patience.toMillis(), TimeUnit.MILLISECONDS);
    ChannelFuture connecting = bootstrap.group(loop).connect(server);
    channel = connecting.channel();
    Future<Void> unused =
        connecting.addListener(
            done -> {
              if (done.isSuccess()) {
                send();
              } else {
                fail(byTcp ? "truncated" : ConnectFailure.reason(done.cause()));
              }
            });
  }

  private void send() {
    Channel open = channel;
    if (open == null || outcome.isDone()) {
      return;
    }
    DnsQuery query = byTcp ? new DefaultDnsQuery(id) : new DatagramDnsQuery(null, server, id);
    query.setRecursionDesired(true);
    query.addRecord(
        DnsSection.QUESTION, new DefaultDnsQuestion(question.name(), DnsAnswer.type(question)));
    Future<Void> unused =
        open.writeAndFlush(query)
            .addListener(
                done -> {
                  if (!done.isSuccess()) {
                    fail(ConnectFailure.UNREACHABLE);
                  }
                });
  }

  private void late() {
    if (byTcp) {
      fail("truncated");
    } else if (sentAgain) {
      fail(nonsense ? "bad-answer" : ConnectFailure.TIMEOUT);
    } else {
      sentAgain = true;
      alarm = loop.schedule(this::late, patience.toMillis(), TimeUnit.MILLISECONDS);
      send();
    }
  }

  private void fail(String reason) {
    end(new Outcome(null, 0, reason));
  }

  private void end(Outcome how) {
    if (alarm != null) {
      alarm.cancel(false);
    }
    closeChannel();
    outcome.complete(how);
  }

  private void closeChannel() {
    if (channel != null) {
      Future<Void> unused = channel.close();
      channel = null;
    }
  }

  /** Picks the answer out of what the server sends. */
  private final class Answers extends SimpleChannelInboundHandler<DnsResponse> {

    @Override
    protected void channelRead0(ChannelHandlerContext context, DnsResponse response) {
      if (context.channel() != channel) {
        return; // of the connection before
      }
      if (!DnsAnswer.fits(response, id, question)) {
        nonsense = true;
      } else if (response.isTruncated()) {
        if (byTcp) {
          fail("truncated");
        } else {
          byTcp();
        }
      } else {
        double millis = (System.nanoTime() - begun) / 1e6;
        end(new Outcome(DnsAnswer.of(response, question), millis, ""));
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      if (byTcp && context.channel() == channel) {
        fail("truncated");
      }
    }

    /** What cannot be read; or the system's word that nobody listens there. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      if (context.channel() != channel) {
        return;
      }
      if (cause instanceof PortUnreachableException) {
        fail(ConnectFailure.UNREACHABLE);
      } else if (byTcp) {
        fail("truncated");
      } else {
        nonsense = true;
      }
    }
  }
}
