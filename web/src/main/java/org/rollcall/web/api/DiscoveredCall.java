package org.rollcall.web.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.discovery.Approval;
import org.rollcall.collector.discovery.ApprovalFault;
import org.rollcall.collector.discovery.Discovered;
import org.rollcall.collector.discovery.Discovered.State;
import org.rollcall.collector.discovery.DiscoveryQueue;
import org.rollcall.collector.registry.School;

/** Devices that agents found and nobody has registered, for whoever may operate their school. */
final class DiscoveredCall {
  private static final int DEFAULT_SIZE = 50;
  private static final int MOST = 500;
  private static final int MOST_NAME = 64;
  private static final int MOST_PROBE = 200;

  private final District district;
  private final DiscoveryQueue queue;

  DiscoveredCall(District district, DiscoveryQueue queue) {
    this.district = district;
    this.queue = queue;
  }

  private record Page(int total, List<Item> items) {}

  private record Item(
      long id,
      String school,
      String schoolName,
      String schoolNameEn,
      String mac,
      String address,
      String name,
      String description,
      List<String> foundBy,
      String seenAt,
      String suggestedKind,
      String firstSeen,
      String lastSeen) {}

  /** {@code GET /api/v1/schools/{code}/discovered}: what waits for a decision at one school. */
  Object ofSchool(Request request) {
    View view = district.view(request);
    School school = view.school(request.path("code"));
    requireOperator(request);
    return page(request, view, List.of(school.code()), State.NEW);
  }

  /** {@code GET /api/v1/discovered}: what waits, or was ignored, in all schools in scope. */
  Object all(Request request) {
    View view = district.view(request);
    Predicate<String> sees = ProblemView.sees(view, request.text("region"));
    requireOperator(request);
    State asked = request.oneOf("state", State.class);
    State state = asked == null ? State.NEW : asked;
    return page(request, view, queue.counts(state).keySet().stream().filter(sees).toList(), state);
  }

  private Page page(Request request, View view, List<String> schools, State state) {
    int page = request.number("page", 0, 1_000_000, 0);
    int size = request.number("size", 1, MOST, DEFAULT_SIZE);
    Map<String, Integer> counts = queue.counts(state);
    List<Item> items = new ArrayList<>();
    long passOver = (long) page * size;
    int total = 0;
    for (String school : schools) {
      int here = counts.getOrDefault(school, 0);
      total += here;
      if (here > passOver && items.size() < size) {
        queue.list(school, state).stream()
            .skip(passOver)
            .limit(size - items.size())
            .forEach(device -> items.add(item(device, view.school(school))));
      }
      passOver = Math.max(0, passOver - here);
    }
    return new Page(total, items);
  }

  /** {@code POST /api/v1/discovered/{id}/approve}: {@code kind}, {@code name}, {@code space}. */
  @Nullable Object approve(Change change) {
    Discovered found = found(change);
    String kind = change.textOrNull("kind", MOST_NAME);
    String space = change.textOrNull("space", MOST_NAME);
    String probe = change.textOrNull("probe", MOST_PROBE);
    Approval as =
        new Approval(
            kind == null ? found.suggestedKind() : kind,
            change.text("name", MOST_NAME),
            space == null ? "" : space,
            probe == null ? "snmp" : probe);
    refuse(queue.approve(change.request().actor(), found.id(), as));
    return null;
  }

  /** {@code POST /api/v1/discovered/{id}/ignore}. */
  @Nullable Object ignore(Change change) {
    Discovered found = found(change);
    if (!queue.ignore(change.request().actor(), found.id())) {
      refuse(ApprovalFault.NOT_WAITING);
    }
    return null;
  }

  private Discovered found(Change change) {
    Request request = change.request();
    View view = district.view(request);
    String id = request.path("id");
    Discovered found = id.matches("[0-9]{1,18}") ? queue.find(Long.parseLong(id)) : null;
    if (found == null || !ProblemView.sees(view, null).test(found.school())) {
      throw ApiProblem.unknown("device found", "发现的设备", id);
    }
    requireOperator(request);
    return found;
  }

  private static void refuse(@Nullable ApprovalFault fault) {
    if (fault != null) {
      String code = fault.name().toLowerCase(Locale.ROOT).replace('_', '-');
      throw ApiProblem.refused(code, fault.text(Locale.ENGLISH), fault.text(Locale.CHINA));
    }
  }

  private static void requireOperator(Request request) {
    if (!request.viewer().role().operates()) {
      throw ApiProblem.notYours("devices found on the campus network");
    }
  }

  private static Item item(Discovered found, School school) {
    return new Item(
        found.id(),
        school.code(),
        school.name(),
        school.nameEn(),
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
