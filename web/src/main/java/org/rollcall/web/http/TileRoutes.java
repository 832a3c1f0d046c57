package org.rollcall.web.http;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.rollcall.web.tiles.Picture;
import org.rollcall.web.tiles.Tianditu;

/**
 * {@code GET /tiles/{layer}/{zoom}/{x}/{y}}: the ground of the map, for whoever may see the map.
 */
final class TileRoutes {
  private static final int THREADS = 4;

  private final Callers callers;
  private final Tianditu tiles;
  private final WorkerExecutor workers;

  TileRoutes(Vertx vertx, Callers callers, Tianditu tiles) {
    this.callers = callers;
    this.tiles = tiles;
    this.workers = vertx.createSharedWorkerExecutor("tiles", THREADS);
  }

  void add(Router router) {
    router
        .get("/tiles/:layer/:zoom/:x/:y")
        .handler(
            context ->
                workers
                    .executeBlocking(() -> picture(context), false)
                    .onSuccess(picture -> answer(context, picture))
                    .onFailure(fault -> Answers.failure(context, fault)));
  }

  private Optional<Picture> picture(RoutingContext context) {
    callers.of(context.request());
    return tiles.get(
        context.pathParam("layer"),
        context.pathParam("zoom"),
        context.pathParam("x"),
        context.pathParam("y"));
  }

  private static void answer(RoutingContext context, Optional<Picture> picture) {
    if (picture.isEmpty()) {
      Answers.problem(context, 404, "no-tile", "There is no such tile now.", "当前没有该瓦片。");
      return;
    }
    context
        .response()
        .putHeader("content-type", picture.get().type())
        .putHeader("cache-control", "private, max-age=86400")
        .end(Buffer.buffer(picture.get().bytes()));
  }
}
