package org.rollcall.web.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * An answer that is a file and no JSON.
 *
 * @param name what a browser calls it that knows no other letters; ASCII letters, digits, dots and
 *     hyphens
 * @param title what every other browser calls it
 * @param type content type
 */
public record FileAnswer(String name, String title, String type, byte[] content) {
  public FileAnswer {
    if (!name.matches("[A-Za-z0-9.-]{1,100}")) {
      throw new IllegalArgumentException("'" + name + "' cannot be the name of a file.");
    }
  }

  /** A file of one name. */
  public FileAnswer(String name, String type, byte[] content) {
    this(name, name, type, content);
  }

  /** The header {@code content-disposition} (RFC 6266, RFC 8187). */
  public String disposition() {
    String plain = "attachment; filename=\"" + name + "\"";
    return title.equals(name)
        ? plain
        : plain
            + "; filename*=UTF-8''"
            + URLEncoder.encode(title, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
