package org.rollcall.web.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.database.DatabaseUnavailableException;
import org.rollcall.web.api.ApiProblem;
import org.rollcall.web.api.FileAnswer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How answers and problems are written. */
final class Answers {
  static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final Logger log = LoggerFactory.getLogger(Answers.class);

  private Answers() {}

  /** A file as it is; everything else as JSON of that type. */
  static void send(RoutingContext context, String type, Object answer) {
    if (answer instanceof FileAnswer file) {
      context
          .response()
          .putHeader("content-type", file.type())
          .putHeader("content-disposition", file.disposition())
          .putHeader("cache-control", "no-store")
          .end(Buffer.buffer(file.content()));
    } else {
      json(context, type, answer);
    }
  }

  static void json(RoutingContext context, String type, @Nullable Object answer) {
    try {
      byte[] body = JSON.writeValueAsBytes(answer);
      context
          .response()
          .putHeader("content-type", type)
          .putHeader("cache-control", "no-store")
          .end(Buffer.buffer(body));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("BUG: an answer cannot be written as JSON", e);
    }
  }

  static void failure(RoutingContext context, Throwable fault) {
    if (context.response().ended()) {
      return;
    }
    if (fault instanceof HttpClosedException) {
      return; // the caller has gone, or was too slow and is counted as that
    }
    if (fault instanceof ApiProblem problem) {
      problem(context, problem);
      return;
    }
    if (fault instanceof DatabaseUnavailableException) {
      log.atWarn().setCause(fault).log("A request found no register; the next one asks again");
      problem(
          context,
          503,
          "register-unavailable",
          "The register cannot be reached at the moment: try again soon.",
          "台账数据库暂时无法访问:请稍后再试。");
      return;
    }
    log.atError()
        .addKeyValue("method", context.request().method())
        .addKeyValue("path", context.request().path())
        .setCause(fault)
        .log("A request failed");
    problem(
        context,
        500,
        "server-fault",
        "The server could not answer because of a fault of its own; its log says which.",
        "服务器内部故障,未能应答;详见服务器日志。");
  }

  private static void problem(RoutingContext context, ApiProblem problem) {
    problem(
        context, problem.status(), problem.code(), problem.getMessage() + "", problem.detailZh());
  }

  static void problem(
      RoutingContext context, int status, String code, String detail, String detailZh) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", "about:blank");
    body.put("title", title(status));
    body.put("status", status);
    body.put("detail", detail);
    body.put("detailZh", detailZh);
    body.put("code", code);
    context.response().setStatusCode(status);
    json(context, "application/problem+json", body);
  }

  private static String title(int status) {
    return switch (status) {
      case 400 -> "Bad request";
      case 401 -> "Not signed in";
      case 403 -> "Not allowed";
      case 404 -> "Not found";
      case 405 -> "Method not allowed";
      case 409 -> "Not now";
      case 413 -> "Too large";
      case 429 -> "Too many requests";
      case 503 -> "Not available";
      default -> "Server fault";
    };
  }
}
