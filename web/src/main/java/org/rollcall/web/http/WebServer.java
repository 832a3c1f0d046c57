package org.rollcall.web.http;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.accounts.Login;
import org.rollcall.collector.accounts.Viewer;
import org.rollcall.collector.identity.ServerIdentity;
import org.rollcall.collector.linetest.ndt7.Ndt7Door;
import org.rollcall.collector.linetest.ndt7.Ndt7Request;
import org.rollcall.collector.linetest.ndt7.Ndt7Request.Direction;
import org.rollcall.collector.linetest.ndt7.Ndt7Settings;
import org.rollcall.web.api.Api;
import org.rollcall.web.api.ApiProblem;
import org.rollcall.web.api.Call;
import org.rollcall.web.api.Request;
import org.rollcall.web.pages.Pages;

/**
 * The HTTP door: the API, the event stream and the pages. Handlers run on Vert.x event loops; every
 * call that may read a database runs on a worker.
 */
public final class WebServer implements AutoCloseable {
  private static final int MAX_BODY_BYTES = 64 * 1024;
  private static final int MAX_HEADER_BYTES = 16 * 1024;
  private static final long CLOSE_SECONDS = 30;

  private final Api api;
  private final HttpSettings settings;
  private final boolean publicView;
  private final Vertx vertx;
  private final Sessions sessions;
  private final EventStreams streams;
  private final Pages pages = new Pages();
  private final Ndt7Endpoint lineTests;
  private final Ndt7TlsPort ndt7Tls;
  private final ConnectionGuard guard;
  private final ConnectionGuard ndt7Guard;
  private @Nullable HttpServer server;

  /** What runs when bytes are asked for that no JSON is: its type and content. */
  private record Text(String type, String content) {}

  /** Line tests as the collector grants them, and by which key agents know the server. */
  public record LineTests(Ndt7Door door, Ndt7Settings.Tls tls, ServerIdentity identity) {}

  public WebServer(
      Api api, LineTests tests, HttpSettings settings, boolean publicView, Clock clock) {
    this.api = api;
    this.settings = settings;
    this.publicView = publicView;
    this.vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(false));
    this.sessions = new Sessions(clock, new SecureRandom());
    this.streams = new EventStreams(vertx);
    this.lineTests = new Ndt7Endpoint(vertx, tests.door());
    this.ndt7Tls = new Ndt7TlsPort(tests.tls(), tests.identity());
    this.guard = new ConnectionGuard(settings.limits(), System::nanoTime);
    this.ndt7Guard = new ConnectionGuard(settings.limits(), System::nanoTime);
  }

  /**
   * Opens the port.
   *
   * @throws IOException if it cannot be opened, saying which
   */
  public void start() throws IOException, InterruptedException {
    HttpServerOptions options =
        Ndt7Endpoint.allow(new HttpServerOptions())
            .setCompressionSupported(true)
            .setMaxHeaderSize(MAX_HEADER_BYTES)
            .setHttp2ClearTextEnabled(false)
            .setIdleTimeout(120)
            .setHandle100ContinueAutomatically(false);
    HttpServer opened = guard.guard(vertx, vertx.createHttpServer(options), router());
    try {
      opened
          .listen(settings.port(), settings.bind())
          .toCompletionStage()
          .toCompletableFuture()
          .get(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(
          "The HTTP port "
              + settings.bind()
              + ":"
              + settings.port()
              + " cannot be opened: choose another with http.port, or stop what uses it.",
          e);
    }
    server = opened;
    ndt7Tls.start(vertx, lineTests, ndt7Guard);
    api.connections(() -> guard.counts().plus(ndt7Guard.counts()));
    streams.start(api::signOfLife);
    api.listen(streams::send);
  }

  /** The port it answers on. */
  public int port() {
    HttpServer opened = server;
    if (opened == null) {
      throw new IllegalStateException("BUG: the web server was not started");
    }
    return opened.actualPort();
  }

  /** The port on which agents test by ndt7. */
  public int ndt7TlsPort() {
    return ndt7Tls.port();
  }

  private Router router() {
    Router router = Router.router(vertx);
    router
        .get(Ndt7Request.DOWNLOAD_PATH)
        .handler(context -> lineTests.handle(context.request(), Direction.DOWNLOAD));
    router
        .get(Ndt7Request.UPLOAD_PATH)
        .handler(context -> lineTests.handle(context.request(), Direction.UPLOAD));
    router.route().handler(this::headers);
    open(router, "/healthz", request -> api.health());
    router.get("/readyz").handler(context -> work(context, this::readiness));
    text(router, "/metrics", () -> new Text("text/plain; version=0.0.4", api.metrics()));
    router.get("/openapi.yaml").handler(context -> page(context, "/openapi.yaml"));
    router.get("/api/v1/context").handler(this::context);
    router
        .post("/api/v1/session")
        .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES))
        .handler(this::signIn);
    router.delete("/api/v1/session").handler(this::signOut);
    router.get("/api/v1/events").handler(this::events);
    api.calls().forEach((path, call) -> call(router, path, call));
    router.get("/api/*").handler(this::noSuchCall);
    router.get("/*").handler(context -> page(context, context.normalizedPath()));
    router.route().last().handler(this::noSuchCall);
    router.route().failureHandler(this::failed);
    return router;
  }

  private void headers(RoutingContext context) {
    context
        .response()
        .putHeader("x-content-type-options", "nosniff")
        .putHeader("referrer-policy", "same-origin")
        .putHeader("x-frame-options", "DENY")
        .putHeader("content-security-policy", pages.policy());
    context.next();
  }

  private void open(Router router, String path, Call call) {
    router
        .get(path)
        .handler(
            context ->
                work(
                    context,
                    () -> {
                      Object answer = call.answer(request(context, Viewer.nobody()));
                      return () -> Answers.json(context, "application/json", answer);
                    }));
  }

  private void text(Router router, String path, Supplier<Text> source) {
    router
        .get(path)
        .handler(
            context ->
                work(
                    context,
                    () -> {
                      Text text = source.get();
                      return () ->
                          context
                              .response()
                              .putHeader("content-type", text.type())
                              .end(text.content());
                    }));
  }

  private void call(Router router, String path, Call call) {
    String type = path.equals("/api/v1/map") ? "application/geo+json" : "application/json";
    router
        .get(path)
        .handler(
            context ->
                work(
                    context,
                    () -> {
                      Object answer = call.answer(request(context, viewer(context)));
                      return () -> Answers.send(context, type, answer);
                    }));
  }

  /** Does the slow part on a worker and what it hands back, the sending, on the event loop. */
  private void work(RoutingContext context, Callable<Runnable> slow) {
    vertx
        .executeBlocking(slow, false)
        .map(
            send -> {
              send.run();
              return context;
            })
        .onFailure(fault -> Answers.failure(context, fault));
  }

  private Runnable readiness(RoutingContext context) {
    Api.Health health = api.readiness();
    return () -> {
      context.response().setStatusCode(health.status().equals("UP") ? 200 : 503);
      Answers.json(context, "application/json", health);
    };
  }

  private void work(RoutingContext context, Function<RoutingContext, Runnable> slow) {
    work(context, () -> slow.apply(context));
  }

  private void context(RoutingContext context) {
    Optional<Login.Granted> account = account(context);
    work(
        context,
        () -> {
          Object answer = api.context(publicView, account.orElse(null));
          return () -> Answers.json(context, "application/json", answer);
        });
  }

  private void signIn(RoutingContext context) {
    Buffer body = context.body() == null ? null : context.body().buffer();
    byte[] bytes = body == null ? new byte[0] : body.getBytes();
    String address = context.request().remoteAddress().hostAddress();
    work(
        context,
        () -> {
          Login.Granted account = api.signIn(bytes, address);
          String token = sessions.open(account);
          return () -> {
            context.response().addCookie(cookie(token, Sessions.LIFETIME.toSeconds()));
            Answers.json(context, "application/json", api.account(account));
          };
        });
  }

  private void signOut(RoutingContext context) {
    Cookie cookie = context.request().getCookie(Sessions.COOKIE);
    if (cookie != null) {
      sessions.end(cookie.getValue());
    }
    context.response().addCookie(cookie("", 0)).setStatusCode(204).end();
  }

  private static Cookie cookie(String value, long seconds) {
    return Cookie.cookie(Sessions.COOKIE, value)
        .setPath("/")
        .setHttpOnly(true)
        .setSameSite(CookieSameSite.STRICT)
        .setMaxAge(seconds);
  }

  private void events(RoutingContext context) {
    Viewer viewer = viewer(context);
    HttpServerResponse response = context.response();
    if (!streams.open(response, event -> api.narrow(event, viewer))) {
      Answers.problem(
          context,
          503,
          "too-many-streams",
          "Too many pages are listening for events: try again later.",
          "实时连接过多:请稍后再试。");
    }
  }

  /** Sees what the account may, or the public view; refuses when there is neither. */
  private Viewer viewer(RoutingContext context) {
    Optional<Login.Granted> account = account(context);
    if (account.isPresent()) {
      return account.get().viewer();
    }
    if (publicView) {
      return api.publicViewer(true);
    }
    throw ApiProblem.signInFirst();
  }

  private Optional<Login.Granted> account(RoutingContext context) {
    Cookie cookie = context.request().getCookie(Sessions.COOKIE);
    return cookie == null ? Optional.empty() : sessions.account(cookie.getValue());
  }

  private static Request request(RoutingContext context, Viewer viewer) {
    Map<String, String> query = new LinkedHashMap<>();
    context.queryParams().forEach(entry -> query.putIfAbsent(entry.getKey(), entry.getValue()));
    return new Request(Map.copyOf(context.pathParams()), query, viewer);
  }

  private void page(RoutingContext context, String path) {
    work(
        context,
        () -> {
          Optional<Pages.Page> found = pages.find(path);
          return () -> found.ifPresentOrElse(page -> send(context, page), context::next);
        });
  }

  private void send(RoutingContext context, Pages.Page page) {
    HttpServerResponse response = context.response();
    response.putHeader("etag", page.etag());
    response.putHeader("cache-control", page.lasting() ? "public, max-age=86400" : "no-cache");
    if (page.etag().equals(context.request().getHeader("if-none-match"))) {
      response.setStatusCode(304).end();
      return;
    }
    response.putHeader("content-type", page.type());
    if (context.request().method().equals(HttpMethod.HEAD)) {
      response.end();
    } else {
      response.end(Buffer.buffer(page.content()));
    }
  }

  private void noSuchCall(RoutingContext context) {
    Answers.problem(
        context,
        404,
        "no-such-page",
        "There is nothing at " + context.normalizedPath() + ": begin at / or read /openapi.yaml.",
        "没有 " + context.normalizedPath() + ":请从 / 开始,或查阅 /openapi.yaml。");
  }

  private void failed(RoutingContext context) {
    Throwable fault = context.failure();
    if (fault != null) {
      Answers.failure(context, fault);
      return;
    }
    int status = context.statusCode() < 400 ? 500 : context.statusCode();
    Answers.problem(
        context,
        status,
        "refused",
        "The request was refused with status " + status + ".",
        "请求被拒绝,状态 " + status + "。");
  }

  @Override
  public void close() {
    streams.close();
    try {
      vertx.close().toCompletionStage().toCompletableFuture().get(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(
          "The web server did not end within " + CLOSE_SECONDS + " s.", e);
    }
  }
}
