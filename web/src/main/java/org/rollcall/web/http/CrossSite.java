package org.rollcall.web.http;

import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;
import org.rollcall.web.api.ApiProblem;

/**
 * Refuses changes that a page of another site asks a signed-in browser for. Browsers say where a
 * request comes from (Fetch Metadata); for one that does not, its Origin must be this host. The
 * session's cookie is SameSite=Strict besides.
 */
final class CrossSite {
  private CrossSite() {}

  /**
   * @throws ApiProblem if another site's page asks
   */
  static void refuse(HttpServerRequest request) {
    String site = request.getHeader("sec-fetch-site");
    if (site != null) {
      if (!site.equals("same-origin") && !site.equals("none")) {
        throw ApiProblem.otherSite();
      }
      return;
    }
    String origin = request.getHeader("origin");
    if (origin != null && !isOf(origin, request.getHeader("host"))) {
      throw ApiProblem.otherSite();
    }
  }

  private static boolean isOf(String origin, @Nullable String host) {
    try {
      return new URI(origin).getRawAuthority() != null
          && new URI(origin).getRawAuthority().equals(host);
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
