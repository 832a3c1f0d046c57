package org.rollcall.agent.reach.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.probe.Endpoint;

/**
 * What is asked for, and where.
 *
 * @param endpoint whom to connect to
 * @param tls https instead of http
 * @param host who is asked for: in the request, in the TLS hello, and in the certificate; without
 *     brackets
 * @param path with its query; begins with a slash
 */
record HttpTarget(Endpoint endpoint, boolean tls, String host, String path) {

  private static final int LONGEST_PATH = 2048;

  HttpTarget {
    if (!path.startsWith("/")
        || path.length() > LONGEST_PATH
        || !path.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '#')) {
      throw new IllegalArgumentException(
          "path '" + path + "' must begin with / and hold no spaces: write it percent-encoded");
    }
    if (host.isEmpty()
        || !host.chars().allMatch(c -> c > ' ' && c < 0x7f && "/\\@#?".indexOf(c) < 0)) {
      throw new IllegalArgumentException("'" + host + "' is no host name");
    }
  }

  /** What the request says under {@code Host}: without the port where it goes without saying. */
  String authority() {
    String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return endpoint.port() == (tls ? 443 : 80) ? name : name + ":" + endpoint.port();
  }

  /**
   * Where a redirection leads (RFC 9110 10.2.2), relative or not.
   *
   * @return null when it is no place on the web
   */
  @Nullable HttpTarget redirected(String location) {
    try {
      URI to =
          new URI((tls ? "https" : "http") + "://" + authority() + path)
              .resolve(new URI(location.strip()));
      String scheme = String.valueOf(to.getScheme()).toLowerCase(Locale.ROOT);
      boolean secure = scheme.equals("https");
      if (to.getHost() == null || !(secure || scheme.equals("http"))) {
        return null;
      }
      String name = to.getHost().replaceAll("[\\[\\]]", "");
      int port = to.getPort() < 0 ? secure ? 443 : 80 : to.getPort();
      boolean here = name.equalsIgnoreCase(host) && port == endpoint.port();
      String way = to.getRawPath() == null || to.getRawPath().isEmpty() ? "/" : to.getRawPath();
      return new HttpTarget(
          here ? endpoint : new Endpoint(name, port),
          secure,
          name,
          to.getRawQuery() == null ? way : way + "?" + to.getRawQuery());
    } catch (URISyntaxException | IllegalArgumentException nowhere) {
      return null;
    }
  }
}
