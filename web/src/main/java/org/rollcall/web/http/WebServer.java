package org.rollcall.web.http;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.accounts.Login;
import org.rollcall.collector.accounts.Viewer;
import org.rollcall.collector.audit.Actor;
import org.rollcall.collector.identity.ServerIdentity;
import org.rollcall.collector.linetest.ndt7.Ndt7Door;
import org.rollcall.collector.linetest.ndt7.Ndt7Request;
import org.rollcall.collector.linetest.ndt7.Ndt7Request.Direction;
import org.rollcall.collector.linetest.ndt7.Ndt7Settings;
import org.rollcall.web.api.Api;
import org.rollcall.web.api.ApiProblem;
import org.rollcall.web.api.Call;
import org.rollcall.web.api.Change;
import org.rollcall.web.api.ChangeCall;
import org.rollcall.web.api.Request;
import org.rollcall.web.oidc.OidcSettings;
import org.rollcall.web.pages.Pages;
import org.rollcall.web.tiles.Tianditu;

/**
 * The HTTP door: the API, the event stream and the pages. Handlers run on Vert.x event loops; every
 * call that may read a database runs on a worker.
 */
public final class WebServer implements AutoCloseable {
  private static final int MAX_BODY_BYTES = 64 * 1024;
  private static final int MAX_HEADER_BYTES = 16 * 1024;
  private static final long CLOSE_SECONDS = 30;
  private static final Pattern JSON_TYPE = Pattern.compile("(?i)application/json\\s*(;.*)?");

  private final Api api;
  private final HttpSettings settings;
  private final boolean publicView;
  private final Vertx vertx;
  private final Callers callers;
  private final @Nullable OidcRoutes oidc;
  private final @Nullable TileRoutes tiles;
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

  /**
   * What is open to whom.
   *
   * @param oidc who else may say who somebody is, or null
   * @param tiles the ground of the map, or null
   */
  public record Doors(boolean publicView, @Nullable OidcSettings oidc, @Nullable Tianditu tiles) {}

  public WebServer(Api api, LineTests tests, HttpSettings settings, Doors doors, Clock clock) {
    this.api = api;
    this.settings = settings;
    this.publicView = doors.publicView();
    this.vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(false));
    this.callers = new Callers(api, publicView, clock);
    OidcSettings provider = doors.oidc();
    this.oidc = provider == null ? null : new OidcRoutes(vertx, api, callers, provider, clock);
    Tianditu ground = doors.tiles();
    this.tiles = ground == null ? null : new TileRoutes(vertx, callers, ground);
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
    accept(router.post("/api/v1/session"), this::signIn);
    accept(router.post("/api/v1/session/password"), this::choosePassword);
    accept(router.post("/api/v1/setup"), this::setUp);
    if (tiles != null) {
      tiles.add(router);
    }
    if (oidc != null) {
      oidc.add(router);
    }
    router.delete("/api/v1/session").handler(this::signOut);
    router.get("/api/v1/events").handler(this::events);
    api.calls().forEach((path, call) -> call(router, path, call));
    api.changes().forEach((route, change) -> change(router, route, change));
    Uploads uploads = new Uploads(vertx, callers);
    api.uploads().forEach((route, upload) -> uploads.add(router, route, upload));
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
                      Object answer = call.answer(stranger(context));
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
                      Callers.Caller caller =
                          path.equals(Api.WALL)
                              ? callers.ofWall(context.request())
                              : callers.of(context.request());
                      Object answer = call.answer(request(context, caller));
                      return () -> Answers.send(context, type, answer);
                    }));
  }

  private void change(Router router, String route, ChangeCall call) {
    int space = route.indexOf(' ');
    HttpMethod method = HttpMethod.valueOf(route.substring(0, space));
    accept(
        router.route(method, route.substring(space + 1)),
        context ->
            work(
                context,
                () -> {
                  Request request = request(context, callers.changing(context.request()));
                  Object answer = call.answer(Change.of(request, body(context)));
                  return () -> changed(context, answer);
                }));
  }

  private static void changed(RoutingContext context, @Nullable Object answer) {
    if (answer == null) {
      context.response().setStatusCode(204).end();
    } else {
      Answers.json(context, "application/json", answer);
    }
  }

  /** Takes a body of JSON; another type could be sent by a form of another site. */
  private static void accept(Route route, Handler<RoutingContext> handler) {
    route
        .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES))
        .handler(
            context -> {
              String type = context.request().getHeader("content-type");
              if (body(context).length > 0
                  && (type == null || !JSON_TYPE.matcher(type).matches())) {
                throw ApiProblem.badBody(
                    "Send JSON, with the content type application/json.",
                    "请发送 JSON,内容类型为 application/json。");
              }
              handler.handle(context);
            });
  }

  static byte[] body(RoutingContext context) {
    Buffer body = context.body() == null ? null : context.body().buffer();
    return body == null ? new byte[0] : body.getBytes();
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
    work(
        context,
        () -> {
          Optional<Login.Granted> account = callers.account(context.request());
          Object answer = api.context(publicView, account.orElse(null));
          return () -> Answers.json(context, "application/json", answer);
        });
  }

  private void signIn(RoutingContext context) {
    enter(context, () -> api.signIn(Change.of(stranger(context), body(context))));
  }

  private void setUp(RoutingContext context) {
    enter(context, () -> api.setUp(Change.of(stranger(context), body(context))));
  }

  private void choosePassword(RoutingContext context) {
    enter(
        context,
        () -> {
          Callers.Caller caller = callers.signedIn(context.request());
          Change change = Change.of(request(context, caller), body(context));
          return api.choosePassword(change, caller.actor().account());
        });
  }

  /** Begins a session for the account that {@code door} lets in. */
  private void enter(RoutingContext context, Supplier<Login.Granted> door) {
    work(
        context,
        () -> {
          CrossSite.refuse(context.request());
          Login.Granted account = door.get();
          return () -> {
            context.response().addCookie(callers.open(context.request(), account));
            Answers.json(context, "application/json", api.account(account));
          };
        });
  }

  private void signOut(RoutingContext context) {
    CrossSite.refuse(context.request());
    context.response().addCookie(callers.end(context.request())).setStatusCode(204).end();
  }

  private void events(RoutingContext context) {
    work(
        context,
        () -> {
          Viewer viewer = callers.of(context.request()).viewer();
          return () -> stream(context, viewer);
        });
  }

  private void stream(RoutingContext context, Viewer viewer) {
    if (!streams.open(context.response(), event -> api.narrow(event, viewer))) {
      Answers.problem(
          context,
          503,
          "too-many-streams",
          "Too many pages are listening for events: try again later.",
          "实时连接过多:请稍后再试。");
    }
  }

  static Request request(RoutingContext context, Callers.Caller caller) {
    return request(context, caller.viewer(), caller.actor());
  }

  /** A call that asks for nobody: whoever it is may see nothing by it. */
  private static Request stranger(RoutingContext context) {
    return request(context, Viewer.nobody(), new Actor("", Callers.address(context.request())));
  }

  private static Request request(RoutingContext context, Viewer viewer, Actor actor) {
    Map<String, String> query = new LinkedHashMap<>();
    context.queryParams().forEach(entry -> query.putIfAbsent(entry.getKey(), entry.getValue()));
    return new Request(Map.copyOf(context.pathParams()), query, viewer, actor);
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
    if (status == 413) {
      Answers.problem(
          context,
          status,
          "too-large",
          "What was sent is larger than this call takes: send less.",
          "发送的内容超过此接口的大小限制:请减小后再发送。");
      return;
    }
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
