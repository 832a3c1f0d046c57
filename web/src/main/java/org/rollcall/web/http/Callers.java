package org.rollcall.web.http;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.accounts.Login;
import org.rollcall.collector.accounts.Viewer;
import org.rollcall.collector.audit.Actor;
import org.rollcall.web.api.Api;
import org.rollcall.web.api.ApiProblem;

/**
 * Who asks: by the cookie of a session, by an API token, or nobody. Accounts are looked up at each
 * call, so what an administrator takes away is away at once. Reads the register, so not for event
 * loops.
 */
final class Callers {
  private static final String BEARER = "Bearer ";
  private static final String WALL = "Wall ";

  /** A page sets it on what it asks by itself, so that nobody stays signed in by it. */
  private static final String BY_ITSELF = "x-rollcall-by-itself";

  private final Api api;
  private final boolean publicView;
  private final Sessions sessions;

  /**
   * @param account null for the public
   * @param bySession whether a browser sent it along by itself
   */
  record Caller(Login.@Nullable Granted account, Viewer viewer, Actor actor, boolean bySession) {}

  Callers(Api api, boolean publicView, Clock clock) {
    this.api = api;
    this.publicView = publicView;
    this.sessions = new Sessions(clock, new SecureRandom());
  }

  /**
   * Who asks and what they may see.
   *
   * @throws ApiProblem if nobody is signed in and the view is not public, if a token is not good,
   *     or if the account must choose a password first
   */
  Caller of(HttpServerRequest request) {
    Optional<Login.Granted> account = account(request);
    if (account.isPresent()) {
      if (account.get().mustChange()) {
        throw ApiProblem.choosePassword();
      }
      return caller(request, account.get());
    }
    if (publicView) {
      return new Caller(null, api.publicViewer(true), new Actor("", address(request)), false);
    }
    throw ApiProblem.signInFirst();
  }

  /**
   * Who asks for a wall: by the wall's key, or as everywhere else.
   *
   * @throws ApiProblem as {@link #of}, and for a key that is not good
   */
  Caller ofWall(HttpServerRequest request) {
    String authorization = request.getHeader("authorization");
    if (authorization == null || !authorization.startsWith(WALL)) {
      return of(request);
    }
    Viewer viewer =
        api.wall(authorization.substring(WALL.length()).strip()).orElseThrow(ApiProblem::badToken);
    return new Caller(null, viewer, new Actor("", address(request)), false);
  }

  /**
   * Whose password is to be changed: an account that must, as well.
   *
   * @throws ApiProblem if nobody is signed in
   */
  Caller signedIn(HttpServerRequest request) {
    return caller(request, account(request).orElseThrow(ApiProblem::signInToChange));
  }

  /**
   * Who wants to change something.
   *
   * @throws ApiProblem as {@link #of}, and for the public and for other sites' pages
   */
  Caller changing(HttpServerRequest request) {
    Caller caller = of(request);
    if (caller.account() == null) {
      throw ApiProblem.signInToChange();
    }
    if (caller.bySession()) {
      CrossSite.refuse(request);
    }
    return caller;
  }

  private static Caller caller(HttpServerRequest request, Login.Granted account) {
    return new Caller(
        account,
        account.viewer(),
        new Actor(account.name(), address(request)),
        request.getHeader("authorization") == null);
  }

  /** The account that asks, whatever it must do first; empty for the public. */
  Optional<Login.Granted> account(HttpServerRequest request) {
    String authorization = request.getHeader("authorization");
    if (authorization != null) {
      if (!authorization.startsWith(BEARER)) {
        throw ApiProblem.badToken();
      }
      return Optional.of(
          api.token(authorization.substring(BEARER.length()).strip())
              .orElseThrow(ApiProblem::badToken));
    }
    Cookie cookie = request.getCookie(Sessions.COOKIE);
    return cookie == null
        ? Optional.empty()
        : sessions
            .account(cookie.getValue(), request.getHeader(BY_ITSELF) == null)
            .flatMap(session -> api.current(session).filter(session::isStill));
  }

  /** The cookie of a new session; the one that came with the request ends. */
  Cookie open(HttpServerRequest request, Login.Granted account) {
    end(request);
    return cookie(request, sessions.open(account), Sessions.LIFETIME.toSeconds());
  }

  /** A cookie that takes the session's away; the session itself ends. */
  Cookie end(HttpServerRequest request) {
    Cookie cookie = request.getCookie(Sessions.COOKIE);
    if (cookie != null) {
      sessions.end(cookie.getValue());
    }
    return cookie(request, "", 0);
  }

  private static Cookie cookie(HttpServerRequest request, String value, long seconds) {
    return Cookie.cookie(Sessions.COOKIE, value)
        .setPath("/")
        .setHttpOnly(true)
        .setSecure(isSecure(request))
        .setSameSite(CookieSameSite.STRICT)
        .setMaxAge(seconds);
  }

  /** Whether the browser speaks TLS: with this server, or with a proxy in front, which says so. */
  static boolean isSecure(HttpServerRequest request) {
    return request.isSSL() || "https".equalsIgnoreCase(request.getHeader("x-forwarded-proto"));
  }

  static String address(HttpServerRequest request) {
    return request.remoteAddress().hostAddress();
  }
}
