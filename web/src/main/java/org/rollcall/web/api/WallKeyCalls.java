package org.rollcall.web.api;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.Collector;
import org.rollcall.collector.accounts.ApiTokens;
import org.rollcall.collector.accounts.Role;
import org.rollcall.collector.accounts.Viewer;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.Register;

/** Keys for screens on walls: each opens the wall of one region, and nothing else. */
final class WallKeyCalls {
  private static final int DAYS = 366;

  private final Collector collector;
  private final District district;

  private record Made(String id, String region, String path, String expiresAt) {}

  WallKeyCalls(Collector collector, District district) {
    this.collector = collector;
    this.district = district;
  }

  /** {@code POST /api/v1/regions/{code}/wall}: the key is in this answer and nowhere else. */
  Object make(Change change) {
    Request request = change.request();
    Region region = district.view(request).region(request.path("code"));
    Role role = request.viewer().role();
    if (!role.operates() && role != Role.BUREAU) {
      throw ApiProblem.notYourTask();
    }
    Duration life = Duration.ofDays(change.number("days", 1, DAYS, DAYS));
    ApiTokens.Made made =
        collector
            .apiTokens()
            .makeForWall(request.actor(), request.actor().account(), region.code(), life);
    if (made == null) {
      throw ApiProblem.refused(
          "too-many-tokens",
          "An account has at most " + ApiTokens.MOST + " keys: end one first.",
          "每个账号最多 " + ApiTokens.MOST + " 个令牌:请先撤销一个。");
    }
    return new Made(
        made.token().id(),
        region.code(),
        "/wall/" + region.code() + "#" + made.secret(),
        Times.known(made.token().expiresAt()));
  }

  /**
   * What a wall's key lets see: its region, as long as the account that made it is let in and still
   * sees that region itself.
   */
  static Optional<Viewer> viewer(Collector collector, Register register, String key) {
    return collector
        .apiTokens()
        .wall(key)
        .filter(wall -> !wall.account().mustChange())
        .filter(wall -> sees(wall, register))
        .map(wall -> Viewer.bureau(wall.region()));
  }

  private static boolean sees(ApiTokens.Wall wall, Register register) {
    @Nullable Region region = register.region(wall.region());
    return region != null && wall.account().viewer().sees(region, register);
  }
}
