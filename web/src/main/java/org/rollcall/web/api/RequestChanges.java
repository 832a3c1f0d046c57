package org.rollcall.web.api;

import org.rollcall.collector.judge.Verdict;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.requests.Attachment;
import org.rollcall.collector.requests.SchoolRequest;
import org.rollcall.collector.requests.SchoolRequest.Judged;
import org.rollcall.collector.requests.SchoolRequest.Kind;
import org.rollcall.collector.requests.SchoolRequest.State;
import org.rollcall.collector.requests.SchoolRequests;
import org.rollcall.collector.requests.SchoolRequests.Asked;

/** A school asks, and whoever watches it answers. Which verdict is meant the query says. */
final class RequestChanges implements UploadCall {
  private static final int MOST_REASON = 500;
  private static final int MOST_ANSWER = 1_000;
  private static final int MOST_RULE = 64;
  private static final int MOST_NAME = 300;

  private final District district;
  private final SchoolRequests requests;
  private final RequestCalls calls;

  /** What a request may become by an answer. */
  enum Answer {
    UNDER_REVIEW,
    DONE,
    DECLINED,
    UPHELD,
    REJECTED
  }

  RequestChanges(District district, SchoolRequests requests) {
    this.district = district;
    this.requests = requests;
    this.calls = new RequestCalls(district, requests);
  }

  /** {@code POST /api/v1/schools/{code}/rechecks}: {@code rule}, {@code reason}. */
  Object recheck(Change change) {
    return ask(change, Kind.RECHECK, "reason", MOST_REASON);
  }

  /** {@code POST /api/v1/schools/{code}/objections}: {@code rule}, {@code text}. */
  Object object(Change change) {
    return ask(change, Kind.OBJECTION, "text", SchoolRequest.LONGEST);
  }

  private Object ask(Change change, Kind kind, String field, int most) {
    Request request = change.request();
    View view = district.view(request);
    School school = view.school(request.path("code"));
    String rule = change.text("rule", MOST_RULE);
    String text = change.text(field, most);
    Verdict verdict =
        view.verdicts(school).stream()
            .filter(each -> each.rule().equals(rule))
            .findFirst()
            .orElseThrow(() -> ApiProblem.unknown("verdict", "结论", rule));
    Asked asked =
        requests.ask(request.actor(), kind, school.code(), Judged.of(verdict, view.at()), text);
    if (asked instanceof Asked.Refused refused) {
      throw RequestView.refusal(refused.fault());
    }
    return now(request, view, ((Asked.Kept) asked).id());
  }

  /** {@code POST /api/v1/requests/{id}/answer}: {@code state}, {@code text}. */
  Object answer(Change change) {
    Request request = change.request();
    View view = district.view(request);
    SchoolRequest found = calls.find(request, view);
    if (!RequestView.answers(request.viewer().role())) {
      throw ApiProblem.notYourTask();
    }
    Answer answer = change.oneOf("state", Answer.class);
    String text = change.textOrNull("text", MOST_ANSWER);
    if (text == null && answer != Answer.UNDER_REVIEW) {
      throw ApiProblem.badBody("Say in text what was found, or why not.", "请在 text 中填写核查结果或理由。");
    }
    State to = State.valueOf(answer.name());
    RequestView.refuse(requests.move(request.actor(), found, to, text == null ? "" : text));
    return now(request, view, found.id());
  }

  /** {@code POST /api/v1/requests/{id}/withdraw}: the school, or whoever filed it. */
  Object withdraw(Change change) {
    Request request = change.request();
    View view = district.view(request);
    SchoolRequest found = calls.find(request, view);
    RequestView.Item item = RequestView.item(found, request, view.register());
    if (item.waiting() && !item.mayWithdraw() && found.kind() == Kind.OBJECTION) {
      throw ApiProblem.notYourTask();
    }
    RequestView.refuse(requests.move(request.actor(), found, State.WITHDRAWN, ""));
    return now(request, view, found.id());
  }

  @Override
  public void admit(Request request) {
    calls.find(request, district.view(request));
  }

  @Override
  public int largest() {
    return Attachment.MOST_BYTES;
  }

  /** {@code POST /api/v1/requests/{id}/files?name=}: the file as it is. */
  @Override
  public Object answer(Request request, byte[] file) {
    View view = district.view(request);
    SchoolRequest found = calls.find(request, view);
    String name = request.text("name");
    if (name == null || name.length() > MOST_NAME) {
      throw ApiProblem.badParameter(
          "name", "", "send the file's name in 1 to " + MOST_NAME + " characters", "请提供文件名");
    }
    RequestView.refuse(requests.attach(request.actor(), found, name, file));
    return now(request, view, found.id());
  }

  private Object now(Request request, View view, long id) {
    SchoolRequest now =
        requests
            .find(RequestView.scope(view, null), id)
            .orElseThrow(() -> ApiProblem.unknown("request", "申请", Long.toString(id)));
    return calls.whole(now, request, view);
  }
}
