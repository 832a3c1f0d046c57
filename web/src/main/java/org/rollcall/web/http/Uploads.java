package org.rollcall.web.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.concurrent.Callable;
import org.rollcall.web.api.ApiProblem;
import org.rollcall.web.api.Request;
import org.rollcall.web.api.UploadCall;

/**
 * Takes whole files, and none from anybody who may not hand one in: of a stranger's file not a byte
 * is kept. Its type must be {@code application/octet-stream}, which no form of another site sends.
 */
final class Uploads {
  private static final String TYPE = "application/octet-stream";
  private static final String REQUEST = "rollcall.upload";
  private static final int TOO_LARGE = 413;

  private final Vertx vertx;
  private final Callers callers;

  Uploads(Vertx vertx, Callers callers) {
    this.vertx = vertx;
    this.callers = callers;
  }

  void add(Router router, String route, UploadCall call) {
    int space = route.indexOf(' ');
    HttpMethod method = HttpMethod.valueOf(route.substring(0, space));
    String path = route.substring(space + 1);
    router.route(method, path).handler(context -> admit(context, call));
    router
        .route(method, path)
        .handler(BodyHandler.create(false).setBodyLimit(call.largest()))
        .handler(context -> take(context, call))
        .failureHandler(context -> failed(context, call));
  }

  private void admit(RoutingContext context, UploadCall call) {
    context.request().pause();
    work(
        context,
        () -> {
          Request request = WebServer.request(context, callers.changing(context.request()));
          call.admit(request);
          if (!TYPE.equals(context.request().getHeader("content-type"))) {
            throw ApiProblem.badBody(
                "Send the file itself, with the content type application/octet-stream.",
                "请直接发送文件,内容类型为 application/octet-stream。");
          }
          return () -> {
            context.put(REQUEST, request);
            context.next(); // who reads must be there before anything comes
            context.request().resume();
          };
        });
  }

  private void take(RoutingContext context, UploadCall call) {
    Request request = context.get(REQUEST);
    byte[] file = WebServer.body(context);
    work(
        context,
        () -> {
          Object answer = call.answer(request, file);
          return () -> Answers.json(context, "application/json", answer);
        });
  }

  private void work(RoutingContext context, Callable<Runnable> slow) {
    vertx
        .executeBlocking(slow, false)
        .map(
            send -> {
              send.run();
              return context;
            })
        .onFailure(
            fault -> {
              Answers.failure(context, fault);
              context.request().resume(); // what still comes is thrown away
            });
  }

  private static void failed(RoutingContext context, UploadCall call) {
    if (context.statusCode() == TOO_LARGE) {
      Answers.failure(context, ApiProblem.tooLarge(call.largest()));
    } else {
      context.next();
    }
  }
}
