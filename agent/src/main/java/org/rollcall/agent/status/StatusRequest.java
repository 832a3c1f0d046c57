package org.rollcall.agent.status;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asked for, or why he gets nothing. Strict: one GET of a known path, from a page of
 * this machine.
 *
 * @param status HTTP status: 200, or why not
 * @param path {@code /}, {@code /status.json}, {@code /status.txt}
 * @param chinese which language
 */
record StatusRequest(int status, String path, boolean chinese) {

  /** Reads the head of a request, up to its empty line. */
  static StatusRequest read(String head) {
    String[] lines = head.split("\r\n", -1);
    String[] first = lines[0].split(" ", -1);
    if (first.length != 3 || !first[2].startsWith("HTTP/1.")) {
      return refused(400);
    }
    // A page of elsewhere whose name was made to point here must not read this one.
    if (!isHere(header(lines, "host:"))) {
      return refused(403);
    }
    if (!first[0].equals("GET")) {
      return refused(405);
    }
    int query = first[1].indexOf('?');
    String path = query < 0 ? first[1] : first[1].substring(0, query);
    if (!path.equals("/") && !path.equals("/status.json") && !path.equals("/status.txt")) {
      return refused(404);
    }
    return new StatusRequest(
        200, path, isChinese(query < 0 ? "" : first[1].substring(query + 1), lines));
  }

  static StatusRequest refused(int status) {
    return new StatusRequest(status, "", false);
  }

  private static boolean isChinese(String query, String[] lines) {
    if (query.startsWith("lang=")) {
      return query.startsWith("lang=zh");
    }
    String accepted = header(lines, "accept-language:");
    return accepted != null && accepted.toLowerCase(Locale.ROOT).startsWith("zh");
  }

  private static boolean isHere(@Nullable String host) {
    if (host == null) {
      return true; // HTTP/1.0; no browser
    }
    int colon = host.lastIndexOf(':');
    String name = colon < 0 ? host : host.substring(0, colon);
    return name.equals("127.0.0.1") || name.equalsIgnoreCase("localhost");
  }

  private static @Nullable String header(String[] lines, String name) {
    for (String line : lines) {
      if (line.regionMatches(true, 0, name, 0, name.length())) {
        return line.substring(name.length()).strip();
      }
    }
    return null;
  }
}
