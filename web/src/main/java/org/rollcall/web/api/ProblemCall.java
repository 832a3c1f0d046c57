package org.rollcall.web.api;

import java.util.List;
import org.rollcall.collector.problems.Case;

/** {@code GET /api/v1/problems/{id}}: one cause with what people wrote to it. */
final class ProblemCall implements Call {
  private final District district;

  ProblemCall(District district) {
    this.district = district;
  }

  private record Answer(ProblemView.Item problem, List<ProblemView.NoteView> comments) {}

  @Override
  public Object answer(Request request) {
    View view = district.view(request);
    Case found = find(district, view, request.path("id"));
    return new Answer(
        ProblemView.item(found, view.register()),
        district.problems().comments(found.cause().id()).stream().map(ProblemView::note).toList());
  }

  /** The case, or the same 404 whether it is over, was never, or is out of scope. */
  static Case find(District district, View view, String id) {
    Case found = district.problems().find(id, ProblemView.sees(view, null));
    if (found == null) {
      throw ApiProblem.unknown("problem", "问题", id);
    }
    return found;
  }
}
