package org.rollcall.agent.probe;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a device answers: a host (name, IPv4 or IPv6 address) and a port.
 *
 * @param host without brackets
 * @param port 1 to 65535
 */
public record Endpoint(String host, int port) {

  /** The port given to {@link #parse} when the text must name one itself. */
  public static final int NO_DEFAULT_PORT = 0;

  private static final Pattern BRACKETED =
      Pattern.compile("\\[([0-9A-Fa-f:.%a-z]+)](?::(\\d{1,5}))?");
  private static final Pattern PLAIN = Pattern.compile("([^:\\[\\]\\s/]+)(?::(\\d{1,5}))?");
  private static final Pattern BARE_V6 =
      Pattern.compile("[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
  private static final Pattern V4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");

  public Endpoint {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port " + port + " is not between 1 and 65535");
    }
    if (host.isBlank()) {
      throw new IllegalArgumentException("the host is empty");
    }
  }

  /**
   * Reads {@code host}, {@code host:port}, {@code [v6]:port} or a bare IPv6 address.
   *
   * @param defaultPort used when the text names none; {@link #NO_DEFAULT_PORT}: then it must
   * @throws IllegalArgumentException with a sentence for the person who wrote the text
   */
  public static Endpoint parse(String text, int defaultPort) {
    if (BARE_V6.matcher(text).matches()) {
      return checked(text, null, text, defaultPort);
    }
    Matcher matcher = BRACKETED.matcher(text);
    if (!matcher.matches()) {
      matcher = PLAIN.matcher(text);
    }
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "address '" + text + "' is not host, host:port or [IPv6]:port");
    }
    return checked(matcher.group(1), matcher.group(2), text, defaultPort);
  }

  /** Whether this text, which {@link #parse} takes, says which port is meant. */
  public static boolean namesPort(String text) {
    return parse(text, 1).port == parse(text, 2).port;
  }

  private static Endpoint checked(
      String host, @Nullable String port, String text, int defaultPort) {
    if (port == null && defaultPort == NO_DEFAULT_PORT) {
      throw new IllegalArgumentException("address '" + text + "' names no port: write host:port");
    }
    int number = port == null ? defaultPort : Integer.parseInt(port);
    if (number < 1 || number > 65_535) {
      throw new IllegalArgumentException(
          "address '" + text + "': the port is not between 1 and 65535");
    }
    Endpoint endpoint = new Endpoint(host, number);
    if (host.indexOf(':') >= 0 && endpoint.literal() == null) {
      throw new IllegalArgumentException("address '" + text + "' is no IPv6 address");
    }
    return endpoint;
  }

  /** The address the host is when it is no name; null for a name. Asks no name server. */
  public @Nullable InetAddress literal() {
    if (host.indexOf(':') < 0 && !V4.matcher(host).matches()) {
      return null;
    }
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException notAnAddress) {
      return null;
    }
  }

  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
