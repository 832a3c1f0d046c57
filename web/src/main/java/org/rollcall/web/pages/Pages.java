package org.rollcall.web.pages;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rollcall.protocol.ReportChain;

/**
 * The files of the pages, read once from the class path and kept. Every view has its own URL and
 * gets the same shell. Any thread.
 */
public final class Pages {
  private static final String STATIC = "static";
  private static final Pattern IMPORT_MAP =
      Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);
  private static final Pattern VIEW =
      Pattern.compile(
          "/|/(schools|targets|tasks|samples|alerts|channels|sheet|problems|agents|discovered|requests|reports|evidence|self-checks|wall|account|admin|setup)"
              + "|/(regions|schools|alerts|sheet|sheet/schools|wall)/[0-9A-Za-z-]{1,32}"
              + "|/schools/[0-9A-Za-z-]{1,32}/self-check"
              + "|/register/(schools|regions)/[0-9A-Za-z-]{1,32}"
              + "|/schools/[0-9A-Za-z-]{1,32}/devices/[^/]{1,600}");
  private static final Pattern FILE = Pattern.compile("/[A-Za-z0-9/_.-]{1,200}");
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "json", "application/json",
          "svg", "image/svg+xml",
          "png", "image/png",
          "yaml", "application/yaml; charset=utf-8");

  private final Map<String, Page> files = new ConcurrentHashMap<>();
  private final String policy;

  /**
   * A file as it is sent.
   *
   * @param etag quoted, of the content
   * @param lasting whether its URL never shows other content in this version
   */
  public record Page(byte[] content, String type, String etag, boolean lasting) {}

  /** Reads the shell; the other files are read when first asked for. */
  public Pages() {
    String shell = new String(required("/index.html").content(), StandardCharsets.UTF_8);
    Matcher map = IMPORT_MAP.matcher(shell);
    if (!map.find()) {
      throw new IllegalStateException("BUG: index.html has no import map");
    }
    policy =
        "default-src 'none'; script-src 'self' 'sha256-"
            + Base64.getEncoder().encodeToString(sha256(map.group(1)))
            + "'; style-src 'self'; img-src 'self' data:;"
            + " font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none';"
            + " form-action 'self'; frame-ancestors 'none'";
  }

  /** The content-security policy of every page; it names the one inline import map by its hash. */
  public String policy() {
    return policy;
  }

  /** The file a decoded request path means; empty when there is none. */
  public Optional<Page> find(String path) {
    if (VIEW.matcher(path).matches()) {
      return Optional.of(required("/index.html"));
    }
    if (!FILE.matcher(path).matches() || path.contains("..") || path.contains("//")) {
      return Optional.empty();
    }
    return Optional.ofNullable(load(path));
  }

  private Page required(String path) {
    Page page = load(path);
    if (page == null) {
      throw new IllegalStateException("BUG: the jar lacks " + path);
    }
    return page;
  }

  private @Nullable Page load(String path) {
    Page kept = files.get(path);
    if (kept != null) {
      return kept;
    }
    String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
    if (type == null) {
      return null;
    }
    try (InputStream in = Pages.class.getClassLoader().getResourceAsStream(resource(path))) {
      if (in == null) {
        return null;
      }
      byte[] content = in.readAllBytes();
      String etag = "\"" + Base64.getUrlEncoder().encodeToString(sha256(content)).substring(0, 22);
      Page page = new Page(content, type, etag + "\"", Libraries.resource(path).isPresent());
      files.put(path, page);
      return page;
    } catch (IOException e) {
      throw new UncheckedIOException("The file " + path + " cannot be read from the jar.", e);
    }
  }

  private static String resource(String path) {
    return path.equals("/openapi.yaml")
        ? "openapi.yaml"
        : Libraries.resource(path).orElse(STATIC + path);
  }

  private static byte[] sha256(String text) {
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] sha256(byte[] bytes) {
    return ReportChain.sha256(bytes);
  }
}
