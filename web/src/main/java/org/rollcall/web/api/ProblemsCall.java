package org.rollcall.web.api;

import java.util.List;
import java.util.function.Predicate;
import org.rollcall.collector.problems.Case;
import org.rollcall.collector.problems.CauseKind;

/**
 * {@code GET /api/v1/problems}: what is broken now, what nobody looks after first, then the worst;
 * for whoever is signed in, of the schools in scope.
 */
final class ProblemsCall implements Call {
  private static final int DEFAULT_SIZE = 50;
  private static final int MOST = 200;

  private final District district;

  ProblemsCall(District district) {
    this.district = district;
  }

  /**
   * One page.
   *
   * @param total of the kind and state that are asked for
   * @param open of the region, whatever kind and state are asked for, as are the next two
   */
  private record Page(
      int total, int open, int acknowledged, int planned, List<ProblemView.Item> items) {}

  @Override
  public Object answer(Request request) {
    View view = district.view(request);
    Predicate<String> sees = ProblemView.sees(view, request.text("region"));
    CauseKind kind = request.oneOf("kind", CauseKind.class);
    Case.State state = request.oneOf("state", Case.State.class);
    int page = request.number("page", 0, 1_000_000, 0);
    int size = request.number("size", 1, MOST, DEFAULT_SIZE);
    List<Case> all = district.problems().cases(sees);
    List<Case> asked =
        all.stream()
            .filter(each -> kind == null || each.cause().kind() == kind)
            .filter(each -> state == null || each.state() == state)
            .toList();
    return new Page(
        asked.size(),
        count(all, Case.State.OPEN),
        count(all, Case.State.ACKNOWLEDGED),
        count(all, Case.State.PLANNED),
        asked.stream()
            .skip((long) page * size)
            .limit(size)
            .map(each -> ProblemView.item(each, view.register()))
            .toList());
  }

  private static int count(List<Case> all, Case.State state) {
    return (int) all.stream().filter(each -> each.state() == state).count();
  }
}
