package org.rollcall.agent.reach.http;

import io.netty.channel.EventLoopGroup;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.probe.DeviceSettings;
import org.rollcall.agent.probe.Endpoint;
import org.rollcall.agent.probe.NameLookup;
import org.rollcall.agent.probe.Probe;
import org.rollcall.agent.probe.ProbeFamily;

/**
 * The probes that ask for a page ({@code probe: http}). The address is {@code host[:port]}, port
 * 443 when not said. Options: {@code tls}, false for plain HTTP, which port 80 is anyway; {@code
 * path}, {@code /} when not said; {@code host}, the name to ask for where the address is another;
 * {@code expectStatus}, {@value #EXPECTED} when not said (project default); {@code contains}, a
 * text that the first {@value HttpLook#MOST_BYTES} bytes of the page must hold; {@code trust},
 * {@code file:PATH} of certificate authorities that are trusted besides the runtime's.
 */
public final class HttpProbes implements ProbeFamily {
  static final String EXPECTED = "200-399";

  /** For a whole look, redirections and all. Project default. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Set<String> KINDS = Set.of("reach", "service");
  private static final int PORT = 443;
  private static final int LONGEST_TEXT = 200;

  /** Where the certificate authorities come from; may take a while. */
  @FunctionalInterface
  interface Authorities {
    X509ExtendedTrustManager load() throws GeneralSecurityException;
  }

  private final EventLoopGroup loops;
  private final NameLookup names;
  private final Clock clock;
  private final Authorities source;
  private final Duration patience;
  private boolean anyProbe;
  private boolean started;
  private volatile @Nullable X509ExtendedTrustManager authorities;

  /** A family on the given loops, which stay the caller's; trusts whom the runtime trusts. */
  public HttpProbes(EventLoopGroup loops, NameLookup names, Clock clock) {
    this(loops, names, clock, HttpProbes::ofTheRuntime, PATIENCE);
  }

  HttpProbes(
      EventLoopGroup loops, NameLookup names, Clock clock, Authorities source, Duration patience) {
    this.loops = loops;
    this.names = names;
    this.clock = clock;
    this.source = source;
    this.patience = patience;
  }

  private static X509ExtendedTrustManager ofTheRuntime() throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init((KeyStore) null);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager known) {
        return known;
      }
    }
    throw new GeneralSecurityException("the runtime has no certificate authorities");
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

  Duration patience() {
    return patience;
  }

  X509ExtendedTrustManager authorities() {
    X509ExtendedTrustManager loaded = authorities;
    if (loaded == null) {
      throw new IllegalStateException("BUG: a look before the start");
    }
    return loaded;
  }

  @Override
  public String name() {
    return "http";
  }

  @Override
  public Probe probe(DeviceSettings device) {
    if (!KINDS.contains(device.kind())) {
      throw new IllegalArgumentException(
          device.subject() + " cannot be seen by http: name a service or a reach");
    }
    device.knowsOnly("tls", "path", "host", "expectStatus", "contains", "trust");
    String text = device.option("contains");
    if (text != null && text.length() > LONGEST_TEXT) {
      throw new IllegalArgumentException(
          "contains of " + device.subject() + " is longer than " + LONGEST_TEXT + " characters");
    }
    String status = device.option("expectStatus");
    HttpProbe probe;
    try {
      probe =
          new HttpProbe(
              device.subject(),
              device.interval(),
              target(device),
              new HttpProbe.Expected(
                  StatusCodes.parse(status == null ? EXPECTED : status), status != null, text),
              trusted(device),
              this);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(device.subject() + ": " + e.getMessage(), e);
    }
    needAuthorities();
    return probe;
  }

  private static @Nullable PrivateAuthorities trusted(DeviceSettings device) {
    String trust = device.option("trust");
    return trust == null ? null : PrivateAuthorities.read(trust);
  }

  private static HttpTarget target(DeviceSettings device) {
    Endpoint endpoint = Endpoint.parse(device.address(), PORT);
    String tls = device.option("tls");
    if (tls != null && !tls.equals("true") && !tls.equals("false")) {
      throw new IllegalArgumentException("tls must be true or false");
    }
    String host = device.option("host");
    String path = device.option("path");
    return new HttpTarget(
        endpoint,
        tls == null ? endpoint.port() != 80 : tls.equals("true"),
        host == null ? endpoint.host() : host,
        path == null ? "/" : path);
  }

  /** An entry may be the first, and come when the rest is under way: it was pushed. */
  private synchronized void needAuthorities() {
    anyProbe = true;
    if (started) {
      load();
    }
  }

  /** Reads the certificate authorities, if anybody will need them. */
  @Override
  public synchronized void start() {
    started = true;
    if (anyProbe) {
      load();
    }
  }

  private void load() {
    if (authorities != null) {
      return;
    }
    try {
      authorities = source.load();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "The Java runtime's certificate authorities cannot be read: reinstall the runtime, or"
              + " take the entries with probe http out",
          e);
    }
  }

  @Override
  public synchronized void close() {
    started = false;
    authorities = null;
  }
}
