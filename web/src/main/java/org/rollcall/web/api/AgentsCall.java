package org.rollcall.web.api;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.problems.AgentNow;
import org.rollcall.collector.registry.School;

/**
 * {@code GET /api/v1/agents}: who may report, with what each says of itself; those with a fault
 * first. For whoever is signed in, of the schools in scope.
 */
final class AgentsCall implements Call {
  private static final int DEFAULT_SIZE = 50;
  private static final int MOST = 500;

  private final District district;

  AgentsCall(District district) {
    this.district = district;
  }

  private record Page(int total, int faulty, List<Item> items) {}

  private record Item(
      String id,
      String school,
      String schoolName,
      String schoolNameEn,
      String kind,
      List<AgentNow.Fault> faults,
      @Nullable String lastSeen,
      @Nullable String told,
      @Nullable Long spoolReports,
      @Nullable Long spoolBytes,
      @Nullable Double clockSkewSeconds,
      @Nullable Long configRevision,
      @Nullable String version,
      @Nullable String reason) {}

  /** What is asked for: one fault, any, or none. */
  private enum State {
    SILENT,
    BEHIND,
    SKEWED,
    HELD,
    UNWELL,
    FAULTY,
    WELL;

    boolean fits(AgentNow agent) {
      return switch (this) {
        case FAULTY -> !agent.faults().isEmpty();
        case WELL -> agent.faults().isEmpty();
        default -> agent.faults().contains(AgentNow.Fault.valueOf(name()));
      };
    }
  }

  @Override
  public Object answer(Request request) {
    View view = district.view(request);
    Predicate<String> sees = ProblemView.sees(view, request.text("region"));
    State state = request.oneOf("state", State.class);
    int page = request.number("page", 0, 1_000_000, 0);
    int size = request.number("size", 1, MOST, DEFAULT_SIZE);
    List<AgentNow> all = district.problems().agents(sees);
    List<AgentNow> asked = all.stream().filter(a -> state == null || state.fits(a)).toList();
    return new Page(
        asked.size(),
        (int) all.stream().filter(State.FAULTY::fits).count(),
        asked.stream()
            .skip((long) page * size)
            .limit(size)
            .map(agent -> item(agent, view.school(agent.entry().school())))
            .toList());
  }

  private static Item item(AgentNow agent, School school) {
    return new Item(
        agent.entry().id(),
        school.code(),
        school.name(),
        school.nameEn(),
        agent.entry().kind().name().toLowerCase(Locale.ROOT),
        agent.faults(),
        Times.text(agent.entry().lastSeen()),
        Times.text(agent.told()),
        agent.spoolReports(),
        agent.spoolBytes(),
        agent.clockSkewSeconds(),
        agent.configRevision(),
        agent.entry().version(),
        agent.reason().isEmpty() ? null : agent.reason());
  }
}
