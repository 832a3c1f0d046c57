package org.rollcall.web.pages;

import java.util.List;
import java.util.Optional;

/**
 * Where the front end's libraries lie in their jars. The import map of {@code static/index.html}
 * names the same prefixes. The versions follow the parent pom; a test finds every entry's file on
 * the class path, so that a new version cannot be half in.
 */
public final class Libraries {
  private static final String STATIC = "META-INF/resources/_static/";

  /** Every prefix the server answers under {@code /lib/}, none the start of another. */
  public static final List<Library> ALL =
      List.of(
          new Library("/lib/lit/", STATIC + "lit/3.3.3/", "index.js"),
          new Library("/lib/lit-html/", STATIC + "lit-html/3.3.3/", "lit-html.js"),
          new Library("/lib/lit-element/", STATIC + "lit-element/4.2.2/", "lit-element.js"),
          new Library(
              "/lib/reactive-element/", STATIC + "reactive-element/2.1.2/", "reactive-element.js"),
          new Library("/lib/echarts/", STATIC + "echarts/6.0.0/dist/", "echarts.esm.min.js"),
          new Library(
              "/lib/leaflet/",
              "META-INF/resources/webjars/leaflet/1.9.4/dist/",
              "leaflet-src.esm.js"));

  private Libraries() {}

  /**
   * The class-path resource of a request's path.
   *
   * @param path decoded, e.g. {@code /lib/lit/index.js}
   * @return empty where no library is meant or the path tries to leave its folder
   */
  public static Optional<String> resource(String path) {
    if (path.contains("..") || path.contains("\\") || path.contains("//")) {
      return Optional.empty();
    }
    return ALL.stream()
        .filter(library -> path.startsWith(library.prefix()))
        .map(library -> library.folder() + path.substring(library.prefix().length()))
        .findFirst();
  }

  /**
   * One library.
   *
   * @param prefix of the request's path, with both slashes
   * @param folder on the class path, ending in a slash
   * @param entry the file the pages import from it, without its folder
   */
  public record Library(String prefix, String folder, String entry) {
    public Library {
      if (!prefix.startsWith("/lib/") || !prefix.endsWith("/") || !folder.endsWith("/")) {
        throw new IllegalArgumentException("BUG: a library needs folders: " + prefix);
      }
    }
  }
}
