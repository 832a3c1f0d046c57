package org.rollcall.collector.channels;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.rollcall.collector.channels.Message.Tone;

/**
 * Prometheus' Alertmanager, by its API v2. An alert's labels are the same from its beginning to its
 * end: that is how Alertmanager knows it again. So the tone, which changes, is an annotation.
 */
final class AlertmanagerChannel implements Channel {
  /** Alertmanager takes what nobody repeats for over when this is past. Project default. */
  private static final Duration LASTS = Duration.ofDays(366);

  private static final String PATH = "/api/v2/alerts";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ChannelSetting setting;
  private final HttpDoor door;
  private final Clock clock;

  AlertmanagerChannel(ChannelSetting setting, HttpDoor door, Clock clock) {
    this.setting = setting;
    this.door = door;
    this.clock = clock;
  }

  @Override
  public Answer send(Letter letter) {
    Map<String, String> headers = new HashMap<>();
    headers.put("Content-Type", "application/json");
    String secret = setting.secret();
    if (secret != null) {
      headers.put("Authorization", "Bearer " + secret);
    }
    ArrayNode alerts = JSON.createArrayNode();
    letter.messages().forEach(message -> alert(alerts.addObject(), letter, message));
    HttpDoor.Reply reply = door.ask("POST", address(), headers, alerts.toString());
    Answer failure = reply.failure();
    return failure == null ? Answer.OK : failure;
  }

  private String address() {
    String url = Objects.requireNonNull(setting.url());
    String base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    return base.endsWith(PATH) ? base : base + PATH;
  }

  private void alert(ObjectNode alert, Letter letter, Message message) {
    Instant now = clock.instant();
    String topic = message.topic();
    int colon = topic.indexOf(':');
    ObjectNode labels = alert.putObject("labels");
    labels.put("alertname", colon < 1 ? "rollcall" : topic.substring(0, colon));
    labels.put("topic", topic);
    if (!message.region().isEmpty()) {
      labels.put("region", message.region());
    }
    ObjectNode annotations = alert.putObject("annotations");
    annotations.put("summary", letter.text(message.title()));
    annotations.put("tone", message.tone().name());
    annotations.put(
        "description", String.join("\n", message.lines().stream().map(letter::text).toList()));
    boolean over = message.tone() == Tone.GREEN;
    if (!over) {
      alert.put("startsAt", now.toString());
    }
    alert.put("endsAt", (over ? now : now.plus(LASTS)).toString());
    String path = message.path();
    if (path != null && letter.site() != null) {
      alert.put("generatorURL", letter.site() + path);
    }
  }
}
