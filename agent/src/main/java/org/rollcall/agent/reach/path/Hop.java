package org.rollcall.agent.reach.path;

import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.probe.Endpoint;

/**
 * Who answered an echo request that may pass so many routers and no more.
 *
 * @param from null when nobody did
 */
record Hop(What what, @Nullable InetAddress from) {

  /** Kinds of answer. */
  enum What {
    /** A router on the way, where the request's life ended (RFC 792 type 11, RFC 4443 type 3). */
    ROUTER,
    /** Who was asked for. */
    TARGET,
    /** Somebody, to say that there is no way on; may be this machine itself. */
    NO_WAY,
    SILENT
  }

  private static final Hop SILENT = new Hop(What.SILENT, null);
  private static final String ADDRESS = "([0-9A-Fa-f:.]+?)(?:%\\S+)?";

  private static final Pattern REPLY =
      Pattern.compile("(?m)^\\d+ bytes from " + ADDRESS + ": icmp_seq=");

  /** iputils: {@code From A icmp_seq=1 What}, older with a colon; inetutils: the second form. */
  private static final Pattern ERROR =
      Pattern.compile(
          "(?m)^(?:From "
              + ADDRESS
              + ":? icmp_seq=\\d+|\\d+ bytes from "
              + ADDRESS
              + ":) ([A-Z][^\\n]*)$");

  private static final Pattern EXPIRED = Pattern.compile("Time (?:to live )?exceeded.*");

  /** Reads what {@code ping -n -c 1} printed with {@code LC_ALL=C}. */
  static Hop parse(String text) {
    Matcher reply = REPLY.matcher(text);
    if (reply.find()) {
      return of(What.TARGET, reply.group(1));
    }
    Matcher error = ERROR.matcher(text);
    if (error.find()) {
      boolean expired = EXPIRED.matcher(error.group(3)).matches();
      return of(
          expired ? What.ROUTER : What.NO_WAY,
          error.group(1) == null ? error.group(2) : error.group(1));
    }
    return text.contains("unreachable") ? new Hop(What.NO_WAY, null) : SILENT;
  }

  private static Hop of(What what, String address) {
    InetAddress from = new Endpoint(address, 1).literal();
    return from == null ? SILENT : new Hop(what, from);
  }
}
