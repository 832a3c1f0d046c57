package org.rollcall.web.api;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.selfcheck.Reviewers;
import org.rollcall.collector.selfcheck.SelfCheck;
import org.rollcall.collector.selfcheck.SelfCheck.State;
import org.rollcall.collector.selfcheck.SelfCheck.Step;
import org.rollcall.collector.selfcheck.SelfChecks;

/**
 * {@code POST /api/v1/schools/{code}/self-check/steps}: {@code round}, {@code seen}, {@code to},
 * {@code reason}. The school submits, the township and the county pass or return, the county files.
 */
final class SelfCheckSteps implements ChangeCall {
  private static final Pattern ROUND = Pattern.compile("[0-9]{4}-[0-9]{4}");
  private static final int MOST_STEPS = 10_000;

  private final District district;
  private final SelfChecks sheets;
  private final SelfCheckCall call;

  SelfCheckSteps(District district, SelfChecks sheets) {
    this.district = district;
    this.sheets = sheets;
    this.call = new SelfCheckCall(district, sheets);
  }

  @Override
  public @Nullable Object answer(Change change) {
    Request request = change.request();
    View view = district.view(request);
    School school = view.school(request.path("code"));
    String round = round(change);
    State to = change.oneOf("to", State.class);
    String reason = reason(change, to);
    SelfCheck sheet = sheets.of(school.code(), round);
    requireUnchanged(sheet, change.number("seen", 0, MOST_STEPS, 0));
    if (sheet.changed() == null) {
      throw ApiProblem.notNow(
          "nothing-written",
          "Nothing is written on this sheet yet: write beside an item first.",
          "自查表尚未填写:请先填写任一项目。");
    }
    if (!sheet.state().leadsTo(to)) {
      throw changed(sheet);
    }
    if (!Reviewers.steps(request.viewer(), district.register(district.asOf()), sheet.state())
        .contains(to)) {
      throw ApiProblem.notYourTask();
    }
    boolean done =
        to == State.SUBMITTED
            ? submit(request, view, school, sheet)
            : sheets.review(request.actor(), sheet, to, reason);
    if (!done) {
      throw changed(sheets.of(school.code(), round));
    }
    return null;
  }

  private static String round(Change change) {
    String round = change.text("round", 9);
    if (!ROUND.matcher(round).matches()) {
      throw ApiProblem.badBody("A round is written as 2026-2027.", "自查轮次应写作 2026-2027。");
    }
    return round;
  }

  private static String reason(Change change, State to) {
    if (to == State.RETURNED) {
      return change.text("reason", Step.LONGEST);
    }
    String reason = change.textOrNull("reason", Step.LONGEST);
    return reason == null ? "" : reason;
  }

  /** By today's verdicts and the first profile: nobody submits by a day that suits. */
  private boolean submit(Request request, View view, School school, SelfCheck sheet) {
    String today = SelfChecks.roundOf(view.at());
    if (request.text("at") != null
        || request.text("profile") != null
        || !sheet.round().equals(today)) {
      throw ApiProblem.badBody(
          "Only the sheet of the round " + today + " can be submitted, as it is today.",
          "只能按当前情况提交 " + today + " 轮次的自查表。");
    }
    String content = SelfCheckContent.of(call.sheet(request, view, school, sheet));
    return sheets.submit(request.actor(), sheet, content);
  }

  private static void requireUnchanged(SelfCheck sheet, int seen) {
    if (sheet.steps().size() != seen) {
      throw changed(sheet);
    }
  }

  /** Whoever comes second is told what happened. */
  static ApiProblem changed(SelfCheck sheet) {
    String state = "self.state." + sheet.state().name();
    String who = sheet.steps().isEmpty() ? sheet.account() : last(sheet).account();
    return ApiProblem.notNow(
        "sheet-changed",
        "The sheet has changed meanwhile: it is " + Words.en(state) + " (" + who + "). Look again.",
        "自查表已有变动:当前为“" + Words.zh(state) + "”(" + who + ")。请刷新后重试。");
  }

  private static Step last(SelfCheck sheet) {
    return sheet.steps().get(sheet.steps().size() - 1);
  }
}
