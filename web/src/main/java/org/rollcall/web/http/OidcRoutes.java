package org.rollcall.web.http;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.accounts.Login;
import org.rollcall.web.api.Api;
import org.rollcall.web.oidc.OidcFault;
import org.rollcall.web.oidc.OidcLogin;
import org.rollcall.web.oidc.OidcSettings;

/**
 * To the OpenID Connect provider and back. Browsers are sent on in every case; what went wrong is
 * said by the page they come to. The work has threads of its own, so that a provider that does not
 * answer keeps nobody else waiting.
 */
final class OidcRoutes {
  /** What a browser keeps while it is at the provider; the way back is from another site. */
  static final String COOKIE = "rollcall-oidc";

  private static final String PATH = "/api/v1/session/oidc";
  private static final int THREADS = 4;
  private static final int LONGEST_PAGE = 1_000;

  /** A page of this site, and nothing that a browser would take for another. */
  private static final Pattern PAGE = Pattern.compile("/(?:[!-.0-\\[\\]-~][!-~]*)?");

  private static final Pattern LANGUAGE = Pattern.compile("[?&]lang=([A-Za-z-]{2,8})(?:&|$)");

  private final Api api;
  private final Callers callers;
  private final OidcLogin login;
  private final WorkerExecutor workers;

  OidcRoutes(Vertx vertx, Api api, Callers callers, OidcSettings settings, Clock clock) {
    this.api = api;
    this.callers = callers;
    this.login = new OidcLogin(settings, clock);
    this.workers = vertx.createSharedWorkerExecutor("oidc", THREADS);
  }

  void add(Router router) {
    router.get(PATH).handler(context -> work(context, () -> begin(context)));
    router.get(PATH + "/callback").handler(context -> work(context, () -> end(context)));
  }

  private void work(RoutingContext context, Callable<Runnable> slow) {
    workers
        .executeBlocking(slow, false)
        .map(
            send -> {
              send.run();
              return context;
            })
        .onFailure(fault -> Answers.failure(context, fault));
  }

  private Runnable begin(RoutingContext context) {
    String to = page(context.request().getParam("to"));
    OidcLogin.Start start = login.start(to);
    if (start == null) {
      return () -> refuse(context, OidcFault.UNREACHABLE, to);
    }
    return () ->
        go(
            context,
            start.provider().toString(),
            cookie(context.request(), start.state(), OidcLogin.LIFETIME.toSeconds()));
  }

  private Runnable end(RoutingContext context) {
    HttpServerRequest request = context.request();
    Map<String, String> query = new LinkedHashMap<>();
    context.queryParams().forEach(each -> query.putIfAbsent(each.getKey(), each.getValue()));
    Cookie kept = request.getCookie(COOKIE);
    String source = Callers.address(request);
    OidcLogin.Outcome outcome = login.finish(query, kept == null ? null : kept.getValue());
    if (outcome instanceof OidcLogin.Refused refused) {
      if (refused.fault() != OidcFault.WRONG_STATE) { // anybody can have that written, at no cost
        api.vouchedInVain(refused.fault().code(), source);
      }
      return () -> refuse(context, refused.fault(), refused.to());
    }
    Optional<Login.Granted> account = api.vouched(((OidcLogin.Vouched) outcome).identity(), source);
    if (account.isEmpty()) {
      return () -> refuse(context, OidcFault.NO_ACCOUNT, outcome.to());
    }
    return () -> {
      context.response().addCookie(callers.open(request, account.get()));
      go(context, outcome.to(), cookie(request, "", 0));
    };
  }

  /** To the page that says why, in the language of the page it began on. */
  private void refuse(RoutingContext context, OidcFault fault, String to) {
    Matcher language = LANGUAGE.matcher(to);
    String lang =
        language.find()
            ? "&lang=" + URLEncoder.encode(language.group(1), StandardCharsets.UTF_8)
            : "";
    go(context, "/account?refused=" + fault.code() + lang, cookie(context.request(), "", 0));
  }

  private static void go(RoutingContext context, String address, Cookie cookie) {
    context
        .response()
        .addCookie(cookie)
        .setStatusCode(303)
        .putHeader("cache-control", "no-store")
        .putHeader("location", address)
        .end();
  }

  private static Cookie cookie(HttpServerRequest request, String value, long seconds) {
    return Cookie.cookie(COOKIE, value)
        .setPath(PATH)
        .setHttpOnly(true)
        .setSecure(Callers.isSecure(request))
        .setSameSite(CookieSameSite.LAX)
        .setMaxAge(seconds);
  }

  private static String page(@Nullable String to) {
    return to != null && to.length() <= LONGEST_PAGE && PAGE.matcher(to).matches() ? to : "/";
  }
}
