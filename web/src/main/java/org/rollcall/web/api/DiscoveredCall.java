package org.rollcall.web.api;

import java.util.List;
import org.rollcall.collector.discovery.Discovered;
import org.rollcall.collector.registry.School;

/**
 * {@code GET /api/v1/schools/{code}/discovered}: devices found at the school that nobody has
 * registered, for whoever may operate it.
 */
final class DiscoveredCall implements Call {
  private static final int DEFAULT_SIZE = 50;
  private static final int MOST = 500;

  private final District district;

  DiscoveredCall(District district) {
    this.district = district;
  }

  private record Page(int total, List<Item> items) {}

  private record Item(
      long id,
      String mac,
      String address,
      String name,
      String description,
      List<String> foundBy,
      String seenAt,
      String suggestedKind,
      String firstSeen,
      String lastSeen) {}

  @Override
  public Object answer(Request request) {
    School school = district.view(request).school(request.path("code"));
    if (!request.viewer().role().operates()) {
      throw ApiProblem.notYours("devices found on the campus network");
    }
    int page = request.number("page", 0, 1_000_000, 0);
    int size = request.number("size", 1, MOST, DEFAULT_SIZE);
    List<Discovered> found = district.discovered(school.code());
    return new Page(
        found.size(),
        found.stream().skip((long) page * size).limit(size).map(DiscoveredCall::item).toList());
  }

  private static Item item(Discovered found) {
    return new Item(
        found.id(),
        found.mac(),
        found.address(),
        found.name(),
        found.description(),
        found.foundBy(),
        found.seenAt(),
        found.suggestedKind(),
        Times.ofMillis(found.firstSeen().toEpochMilli()),
        Times.ofMillis(found.lastSeen().toEpochMilli()));
  }
}
