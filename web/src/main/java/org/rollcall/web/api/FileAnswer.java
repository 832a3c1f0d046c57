package org.rollcall.web.api;

/**
 * An answer that is a file and no JSON.
 *
 * @param name what a browser calls it; ASCII letters, digits, dots and hyphens
 * @param type content type
 */
public record FileAnswer(String name, String type, byte[] content) {
  public FileAnswer {
    if (!name.matches("[A-Za-z0-9.-]{1,100}")) {
      throw new IllegalArgumentException("'" + name + "' cannot be the name of a file.");
    }
  }
}
