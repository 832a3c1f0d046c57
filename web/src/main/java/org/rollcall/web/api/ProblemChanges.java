package org.rollcall.web.api;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.Collector;
import org.rollcall.collector.identity.Agents;
import org.rollcall.collector.problems.Case;
import org.rollcall.collector.problems.Note;
import org.rollcall.collector.problems.ProblemDesk;
import org.rollcall.collector.problems.Ticket;
import org.rollcall.collector.registry.School;
import org.rollcall.protocol.EnrolmentCode;

/**
 * What technicians do about a cause, and a school's enrolment code. What is out of scope is
 * answered as if it were not there; who may see and not operate is refused.
 */
final class ProblemChanges {
  private static final int MOST_REASON = 200;
  private static final int MOST_NAME = 64;

  /** No maintenance takes longer; a longer one is a mistyped year. Project default. */
  private static final Duration LONGEST = Duration.ofDays(60);

  private final Collector collector;
  private final District district;

  ProblemChanges(Collector collector, District district) {
    this.collector = collector;
    this.district = district;
  }

  private record Code(String school, String code, String expires) {}

  /** {@code POST /api/v1/problems/{id}/ack}, with a {@code comment} or none. */
  @Nullable Object acknowledge(Change change) {
    Case found = found(change);
    String comment = change.textOrNull("comment", Note.LONGEST);
    desk().acknowledge(change.request().actor(), found.cause(), comment == null ? "" : comment);
    return null;
  }

  /** {@code POST /api/v1/problems/{id}/comments}. */
  @Nullable Object comment(Change change) {
    Case found = found(change);
    String comment = change.text("comment", Note.LONGEST);
    desk().comment(change.request().actor(), found.cause(), comment);
    return null;
  }

  /** {@code POST /api/v1/problems/{id}/ticket}: {@code number}, {@code assignee}, {@code state}. */
  @Nullable Object ticket(Change change) {
    Case found = found(change);
    String number = change.text("number", MOST_NAME);
    String assignee = change.textOrNull("assignee", MOST_NAME);
    Ticket.State state = change.oneOf("state", Ticket.State.class);
    desk()
        .ticket(
            change.request().actor(),
            found.cause(),
            number,
            assignee == null ? "" : assignee,
            state);
    return null;
  }

  /** {@code POST /api/v1/problems/{id}/maintenance}: {@code from}, {@code to}, {@code reason}. */
  @Nullable Object maintenance(Change change) {
    Case found = found(change);
    Instant from = time(change, "from");
    Instant to = time(change, "to");
    Duration length = Duration.between(from, to);
    if (length.isNegative() || length.isZero() || length.compareTo(LONGEST) > 0) {
      throw ApiProblem.badBody(
          "The maintenance ends after it begins, within 60 days.", "维护窗口的结束时间应晚于开始时间,且不超过 60 天。");
    }
    String reason = change.text("reason", MOST_REASON);
    desk().plan(change.request().actor(), found.cause(), from, to, reason);
    return null;
  }

  private static Instant time(Change change, String name) {
    String text = change.text(name, MOST_NAME);
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw ApiProblem.badBody(
          "The time " + name + " is written as 2026-09-01T08:00:00+08:00.",
          name + " 的时间应写作 2026-09-01T08:00:00+08:00。");
    }
  }

  /** {@code POST /api/v1/schools/{code}/enrolment}: the code is in this answer and nowhere else. */
  Object enrolment(Change change) {
    Request request = change.request();
    School school = district.view(request).school(request.path("code"));
    requireOperator(request);
    String secret = desk().enrolmentCode(request.actor(), school.code());
    String key = HexFormat.of().formatHex(collector.identity().spkiSha256());
    String code =
        new EnrolmentCode(collector.publicAddress(), collector.ingest().tlsPort(), key, secret)
            .encode();
    return new Code(school.code(), code, Times.known(district.now().plus(Agents.DEFAULT_VALIDITY)));
  }

  private Case found(Change change) {
    Request request = change.request();
    Case found = ProblemCall.find(district, district.view(request), request.path("id"));
    requireOperator(request);
    return found;
  }

  private static void requireOperator(Request request) {
    if (!request.viewer().role().operates()) {
      throw ApiProblem.notYourTask();
    }
  }

  private ProblemDesk desk() {
    return district.problems();
  }
}
