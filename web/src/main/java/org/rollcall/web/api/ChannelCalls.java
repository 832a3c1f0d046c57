package org.rollcall.web.api;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.accounts.Role;
import org.rollcall.collector.channels.Channels;
import org.rollcall.collector.channels.Delivery;
import org.rollcall.collector.channels.Message;

/** The channels, and what was sent by them; for administrators, and no address of any. */
final class ChannelCalls {
  /** Newest deliveries that may be paged through. Project default. */
  private static final int MOST = 5_000;

  private final Channels channels;

  private record ChannelView(
      String name,
      String kind,
      String language,
      long digestSeconds,
      long waiting,
      long sent,
      long letters,
      long failed,
      long retried,
      @Nullable String lastReason) {}

  private record DeliveryView(
      long id,
      String channel,
      String topic,
      Message.Tone tone,
      String zh,
      String en,
      List<String> people,
      Delivery.State state,
      int attempts,
      String posted,
      @Nullable String due,
      @Nullable String sent,
      @Nullable String reason) {}

  ChannelCalls(Channels channels) {
    this.channels = channels;
  }

  /** {@code GET /api/v1/channels}. */
  Object list(Request request) {
    requireAdministrator(request);
    return channels.status().stream()
        .map(
            each ->
                new ChannelView(
                    each.setting().name(),
                    each.setting().kind().id(),
                    each.setting().language(),
                    each.setting().digest().toSeconds(),
                    each.waiting(),
                    each.sent(),
                    each.letters(),
                    each.failed(),
                    each.retried(),
                    each.lastReason().isEmpty() ? null : each.lastReason()))
        .toList();
  }

  /** {@code GET /api/v1/deliveries}: the newest first. */
  Object deliveries(Request request) {
    requireAdministrator(request);
    List<Delivery> all =
        channels.log(request.text("channel"), request.oneOf("state", Delivery.State.class), MOST);
    Listed<Delivery> page = Listed.of(request, all);
    return new Listed<>(page.total(), page.items().stream().map(ChannelCalls::view).toList());
  }

  private static DeliveryView view(Delivery each) {
    return new DeliveryView(
        each.id(),
        each.channel(),
        each.topic(),
        each.tone(),
        each.title().zh(),
        each.title().en(),
        each.people(),
        each.state(),
        each.attempts(),
        Times.known(each.posted()),
        each.state() == Delivery.State.WAITING ? Times.known(each.due()) : null,
        Times.text(each.sent()),
        each.reason().isEmpty() ? null : each.reason());
  }

  static void requireAdministrator(Request request) {
    if (request.viewer().role() == Role.PUBLIC) {
      throw ApiProblem.signInFirst();
    }
    if (request.viewer().role() != Role.ADMINISTRATOR) {
      throw ApiProblem.notYourTask();
    }
  }
}
