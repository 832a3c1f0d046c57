package org.rollcall.web.api;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.alerts.AlertDesk;
import org.rollcall.collector.alerts.Mute;
import org.rollcall.collector.audit.AuditLog;
import org.rollcall.collector.channels.Channels;
import org.rollcall.collector.problems.Note;

/** Taking alerts on, muting them, and trying a channel. */
final class AlertChanges {
  private static final int MOST_NAME = 100;

  private final District district;
  private final AlertCalls calls;
  private final AlertDesk desk;
  private final Channels channels;
  private final AuditLog audit;

  private record Tried(String channel, String reason) {}

  AlertChanges(District district, AlertDesk desk, Channels channels, AuditLog audit) {
    this.district = district;
    this.calls = new AlertCalls(district, desk);
    this.desk = desk;
    this.channels = channels;
    this.audit = audit;
  }

  /** {@code POST /api/v1/alerts/{id}/ack}: {@code comment}, {@code until}; both may be left out. */
  @Nullable Object acknowledge(Change change) {
    Request request = change.request();
    View view = district.view(request);
    AlertDesk.Case found = calls.find(view, request.path("id"));
    requireOperator(request);
    String comment = change.textOrNull("comment", Note.LONGEST);
    Instant until = change.textOrNull("until", MOST_NAME) == null ? null : time(change, "until");
    if (until != null && !until.isAfter(district.now())) {
      throw ApiProblem.badBody("The time until lies ahead.", "until 应为将来的时间。");
    }
    if (!desk.acknowledge(request.actor(), found.alert(), comment == null ? "" : comment, until)) {
      throw ApiProblem.notNow("alert-over", "The alert is over.", "该告警已结束。");
    }
    return null;
  }

  /**
   * {@code POST /api/v1/mutes}: {@code rule} or none, {@code place}, {@code until}, {@code reason}.
   */
  Object mute(Change change) {
    Request request = change.request();
    View view = district.view(request);
    RequestView.requireAccount(view.register());
    requireOperator(request);
    String place = change.text("place", MOST_NAME);
    if (view.register().school(place) == null && view.register().region(place) == null) {
      throw ApiProblem.unknown("place", "区域或学校", place);
    }
    String rule = change.textOrNull("rule", MOST_NAME);
    if (rule != null && desk.rules().all().stream().noneMatch(each -> each.id().equals(rule))) {
      throw ApiProblem.unknown("alert rule", "告警规则", rule);
    }
    Instant from = district.now();
    Instant until = time(change, "until");
    if (!until.isAfter(from) || from.plus(Mute.LONGEST).isBefore(until)) {
      throw ApiProblem.badBody(
          "A mute ends after now and within " + Mute.LONGEST.toDays() + " days.",
          "静默的结束时间应晚于现在,且不超过 " + Mute.LONGEST.toDays() + " 天。");
    }
    Mute made =
        desk.mutes()
            .add(
                request.actor(),
                new Mute(
                    0,
                    rule,
                    place,
                    from,
                    until,
                    change.text("reason", 200),
                    request.actor().account()));
    return Objects.requireNonNull(AlertCalls.mute(view, made));
  }

  /** {@code POST /api/v1/mutes/{id}/end}. */
  @Nullable Object unmute(Change change) {
    Request request = change.request();
    View view = district.view(request);
    RequestView.requireAccount(view.register());
    requireOperator(request);
    String id = request.path("id");
    Mute mute = id.matches("\\d{1,18}") ? desk.mutes().find(Long.parseLong(id)).orElse(null) : null;
    if (mute == null || AlertCalls.mute(view, mute) == null) {
      throw ApiProblem.unknown("mute", "静默", id);
    }
    if (!desk.mutes().end(request.actor(), mute)) {
      throw ApiProblem.notNow("mute-over", "The mute has ended.", "该静默已结束。");
    }
    return null;
  }

  /**
   * {@code POST /api/v1/channels/{name}/test}: by an administrator, to whoever is on duty; says
   * what came of it.
   */
  Object test(Change change) {
    Request request = change.request();
    ChannelCalls.requireAdministrator(request);
    String name = request.path("name");
    if (!channels.names().contains(name)) {
      throw ApiProblem.unknown("channel", "通知渠道", name);
    }
    audit.record(request.actor(), "channel.test", name, Map.of());
    return new Tried(name, channels.test(name, desk.onDuty()));
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

  private static void requireOperator(Request request) {
    if (!request.viewer().role().operates()) {
      throw ApiProblem.notYourTask();
    }
  }
}
