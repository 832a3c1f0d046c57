package org.rollcall.agent.pjlink;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.probe.Credential;
import org.rollcall.agent.probe.Credentials;
import org.rollcall.agent.probe.DeviceSettings;
import org.rollcall.agent.probe.Endpoint;
import org.rollcall.agent.probe.NameLookup;
import org.rollcall.agent.probe.Probe;
import org.rollcall.agent.probe.ProbeFamily;

/**
 * The probes that ask by PJLink ({@code probe: pjlink}). They use event loops that belong to
 * somebody else. A password is the {@code password} of the credential that the entry names.
 */
public final class PjlinkProbes implements ProbeFamily {
  /** Where PJLink is spoken (IANA: pjlink). */
  public static final int PORT = 4352;

  /**
   * A projector is not asked more often: some lock up (Sony units under frequent polling with a
   * password). Project default.
   */
  static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(30);

  /** What the specification gives a projector for one answer (class 1, 4.3). */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final int READ_BYTES = 256;

  private final Credentials credentials;
  private final EventLoopGroup loops;
  private final NameLookup names;
  private final Clock clock;
  private final Duration patience;
  private PjlinkProbe.@Nullable Access access;

  /**
   * A family on the given loops.
   *
   * @param loops with NIO handlers
   */
  public PjlinkProbes(
      Credentials credentials, EventLoopGroup loops, NameLookup names, Clock clock) {
    this(credentials, loops, names, clock, PATIENCE);
  }

  /**
   * The same for projectors that need longer.
   *
   * @param patience how long one may take for one line
   */
  public PjlinkProbes(
      Credentials credentials,
      EventLoopGroup loops,
      NameLookup names,
      Clock clock,
      Duration patience) {
    this.patience = patience;
    this.credentials = credentials;
    this.loops = loops;
    this.names = names;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "pjlink";
  }

  @Override
  public Probe probe(DeviceSettings device) {
    if (!device.kind().equals("projector") && !device.kind().equals("terminal")) {
      throw new IllegalArgumentException(
          device.subject() + " cannot be asked by pjlink: name a projector or terminal");
    }
    device.knowsOnly(Credentials.OPTION);
    if (device.interval().compareTo(SHORTEST_INTERVAL) < 0) {
      throw new IllegalArgumentException(
          device.subject()
              + " is asked by pjlink too often: projectors lock up, write an interval of 30s or"
              + " more");
    }
    return new PjlinkProbe(
        device.subject(),
        Endpoint.parse(device.address(), PORT),
        device.interval(),
        password(device),
        access());
  }

  private @Nullable String password(DeviceSettings device) {
    Credential credential = credentials.of(device);
    if (credential == null) {
      return null;
    }
    String password = credential.password();
    if (password == null) {
      throw new IllegalArgumentException(
          device.subject() + " names a credential without a password: pjlink knows nothing else");
    }
    return password;
  }

  private PjlinkProbe.Access access() {
    PjlinkProbe.Access made = access;
    if (made == null) {
      Bootstrap bootstrap =
          new Bootstrap()
              .group(loops)
              .channel(NioSocketChannel.class)
              .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) CONNECT.toMillis())
              .option(ChannelOption.TCP_NODELAY, true)
              .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BYTES));
      made = new PjlinkProbe.Access(bootstrap, names, clock, patience);
      access = made;
    }
    return made;
  }

  @Override
  public void start() {
    // The loops are running already.
  }

  @Override
  public void close() {
    // The loops are somebody else's.
  }
}
