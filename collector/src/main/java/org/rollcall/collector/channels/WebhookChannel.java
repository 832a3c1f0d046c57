package org.rollcall.collector.channels;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;

/**
 * Posts messages as JSON, signed; docs/channels.md lays the body and the signature down. Any status
 * of 200 to 299 means that they were taken.
 */
final class WebhookChannel implements Channel {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ChannelSetting setting;
  private final HttpDoor door;
  private final Clock clock;

  WebhookChannel(ChannelSetting setting, HttpDoor door, Clock clock) {
    this.setting = setting;
    this.door = door;
    this.clock = clock;
  }

  @Override
  public Answer send(Letter letter) {
    String body = body(letter);
    long seconds = clock.instant().getEpochSecond();
    Map<String, String> headers =
        Map.of(
            "Content-Type",
            "application/json; charset=utf-8",
            "X-Rollcall-Timestamp",
            String.valueOf(seconds),
            "X-Rollcall-Signature",
            Signatures.webhook(Objects.requireNonNull(setting.secret()), seconds, body));
    HttpDoor.Reply reply = door.ask("POST", Objects.requireNonNull(setting.url()), headers, body);
    Answer failure = reply.failure();
    return failure == null ? Answer.OK : failure;
  }

  private static String body(Letter letter) {
    ObjectNode body = JSON.createObjectNode();
    body.put("version", 1).put("title", letter.title());
    ArrayNode messages = body.putArray("messages");
    for (Message message : letter.messages()) {
      ObjectNode each = messages.addObject();
      each.put("key", message.key())
          .put("topic", message.topic())
          .put("tone", message.tone().name())
          .put("region", message.region())
          .put("title", letter.text(message.title()));
      ArrayNode lines = each.putArray("lines");
      message.lines().forEach(line -> lines.add(letter.text(line)));
      String path = message.path();
      if (path != null) {
        each.put("link", letter.site() == null ? path : letter.site() + path);
      }
    }
    ArrayNode to = body.putArray("to");
    letter.to().forEach(person -> to.add(person.name()));
    return body.toString();
  }
}
