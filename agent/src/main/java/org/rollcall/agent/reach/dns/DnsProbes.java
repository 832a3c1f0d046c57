package org.rollcall.agent.reach.dns;

import io.netty.channel.EventLoopGroup;
import java.net.IDN;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.probe.DeviceSettings;
import org.rollcall.agent.probe.Endpoint;
import org.rollcall.agent.probe.NameLookup;
import org.rollcall.agent.probe.Probe;
import org.rollcall.agent.probe.ProbeFamily;
import org.rollcall.agent.reach.Networks;

/**
 * The probes that ask a name server ({@code probe: dns}); the entry's address is the server's.
 * Options: {@code query}, the name to ask for; {@code expect}, addresses or networks in which every
 * address of an answer must lie; {@code type}, {@code A} when not said, or {@code AAAA}.
 */
public final class DnsProbes implements ProbeFamily {
  private static final int PORT = 53;
  private static final int LONGEST_NAME = 253;
  private static final Set<String> KINDS = Set.of("reach", "service");

  /**
   * How long an answer is waited for before the question is sent again, and again before it is
   * given up. Project default.
   */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private final EventLoopGroup loops;
  private final NameLookup names;
  private final Clock clock;
  private final RandomGenerator random;
  private final Duration patience;

  /** A family on the given loops, which stay the caller's. */
  public DnsProbes(EventLoopGroup loops, NameLookup names, Clock clock) {
    this(loops, names, clock, new SecureRandom(), PATIENCE);
  }

  DnsProbes(
      EventLoopGroup loops,
      NameLookup names,
      Clock clock,
      RandomGenerator random,
      Duration patience) {
    this.loops = loops;
    this.names = names;
    this.clock = clock;
    this.random = random;
    this.patience = patience;
  }

  EventLoopGroup loops() {
    return loops;
  }

  NameLookup names() {
    return names;
  }

  Clock clock() {
    return clock;
  }

  RandomGenerator random() {
    return random;
  }

  Duration patience() {
    return patience;
  }

  @Override
  public String name() {
    return "dns";
  }

  @Override
  public Probe probe(DeviceSettings device) {
    if (!KINDS.contains(device.kind())) {
      throw new IllegalArgumentException(
          device.subject() + " cannot be seen by dns: name a reach or a service");
    }
    device.knowsOnly("query", "expect", "type");
    String type = device.option("type");
    if (type != null && !type.equals("A") && !type.equals("AAAA")) {
      throw new IllegalArgumentException("type of " + device.subject() + " must be A or AAAA");
    }
    DnsProbe.Question question =
        new DnsProbe.Question(query(device), "AAAA".equals(type), expected(device));
    return new DnsProbe(
        device.subject(),
        Endpoint.parse(device.address(), PORT),
        device.interval(),
        question,
        this);
  }

  /** The name in lower-case ASCII with the root's dot, as answers have it. */
  private static String query(DeviceSettings device) {
    String text = device.option("query");
    if (text == null) {
      throw new IllegalArgumentException(
          device.subject() + " needs query: the name that " + device.address() + " is asked for");
    }
    String bare = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    try {
      String ascii = IDN.toASCII(bare).toLowerCase(Locale.ROOT);
      if (!ascii.isEmpty()
          && ascii.length() <= LONGEST_NAME
          && ascii.matches("[a-z0-9_-]{1,63}(\\.[a-z0-9_-]{1,63})*")) {
        return ascii + ".";
      }
    } catch (IllegalArgumentException noName) {
      // told below
    }
    throw new IllegalArgumentException(
        "query of " + device.subject() + ": '" + text + "' is no host name");
  }

  private static @Nullable Networks expected(DeviceSettings device) {
    String text = device.option("expect");
    try {
      return text == null ? null : Networks.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "expect of " + device.subject() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void start() {
    // A socket is opened for each question, so that its port is another each time.
  }

  @Override
  public void close() {
    // The loops are somebody else's.
  }
}
