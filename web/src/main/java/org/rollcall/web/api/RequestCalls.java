package org.rollcall.web.api;

import java.util.List;
import java.util.Optional;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.requests.Attachment;
import org.rollcall.collector.requests.RequestScope;
import org.rollcall.collector.requests.SchoolRequest;
import org.rollcall.collector.requests.SchoolRequests;
import org.rollcall.collector.requests.SchoolRequests.Filter;
import org.rollcall.collector.requests.SchoolRequests.Waiting;

/** What schools ask, for whoever is signed in, of the schools in scope. */
final class RequestCalls {
  private final District district;
  private final SchoolRequests requests;

  /**
   * One page.
   *
   * @param total of what is asked for
   * @param rechecks open ones of the region, whatever else is asked for
   * @param objections waiting ones of the region
   */
  private record Page(
      long total,
      int rechecks,
      int objections,
      RequestView.Limits limits,
      List<RequestView.Item> items) {}

  RequestCalls(District district, SchoolRequests requests) {
    this.district = district;
    this.requests = requests;
  }

  /** {@code GET /api/v1/requests}. */
  Object list(Request request) {
    View view = district.view(request);
    RequestScope scope = RequestView.scope(view, request.text("region"));
    Filter filter =
        new Filter(
            null,
            request.oneOf("kind", SchoolRequest.Kind.class),
            request.oneOf("standing", SchoolRequests.Standing.class));
    return page(request, view, scope, filter);
  }

  /** {@code GET /api/v1/schools/{code}/requests}. */
  Object ofSchool(Request request) {
    View view = district.view(request);
    School school = view.school(request.path("code"));
    RequestScope scope = RequestView.scope(view, null);
    return page(request, view, scope, new Filter(school.code(), null, null));
  }

  private Object page(Request request, View view, RequestScope scope, Filter filter) {
    int size = Listed.size(request);
    SchoolRequests.Page page =
        requests.list(scope, filter, (long) Listed.page(request) * size, size);
    Waiting waiting = requests.waiting(scope);
    return new Page(
        page.total(),
        waiting.rechecks(),
        waiting.objections(),
        RequestView.Limits.inForce(),
        page.requests().stream()
            .map(each -> RequestView.item(each, request, view.register()))
            .toList());
  }

  /** {@code GET /api/v1/requests/{id}}: with its history and evidence. */
  Object one(Request request) {
    View view = district.view(request);
    SchoolRequest found = find(request, view);
    return whole(found, request, view);
  }

  RequestView.Whole whole(SchoolRequest found, Request request, View view) {
    return new RequestView.Whole(
        RequestView.item(found, request, view.register()),
        requests.steps(found.id()).stream().map(RequestView::step).toList(),
        requests.files(found.id()).stream().map(RequestView::file).toList(),
        RequestView.Limits.inForce());
  }

  /** {@code GET /api/v1/requests/{id}/files/{file}}: for the disk, never for the page. */
  Object file(Request request) {
    SchoolRequest found = find(request, district.view(request));
    long id = number(request.path("file"));
    Attachment file =
        requests.files(found.id()).stream()
            .filter(each -> each.id() == id)
            .findFirst()
            .orElseThrow(() -> ApiProblem.unknown("file", "附件", request.path("file")));
    byte[] content =
        requests
            .content(found.id(), file.id())
            .orElseThrow(() -> ApiProblem.unknown("file", "附件", request.path("file")));
    // Its own name may be anything; the page shows it beside the link.
    String name = "objection-" + found.id() + "-" + file.id() + "." + file.type().suffix();
    return new FileAnswer(name, file.type().mediaType(), content);
  }

  /** The request, or the same 404 whether it never was or is out of scope. */
  SchoolRequest find(Request request, View view) {
    RequestScope scope = RequestView.scope(view, null);
    String asked = request.path("id");
    Optional<SchoolRequest> found = requests.find(scope, number(asked));
    return found.orElseThrow(() -> ApiProblem.unknown("request", "申请", asked));
  }

  /** Numbers alone are ids; anything else finds nothing. */
  private static long number(String text) {
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : -1;
  }
}
