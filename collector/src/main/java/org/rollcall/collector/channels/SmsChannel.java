package org.rollcall.collector.channels;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A gateway that takes one text for one mobile by HTTP. People without a mobile get none. */
final class SmsChannel implements Channel {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ChannelSetting setting;
  private final ChannelSetting.Sms sms;
  private final HttpDoor door;

  /** Remembered at most, before it is forgotten whole. Project default. */
  private static final int MOST_REACHED = 50_000;

  /** Mobile and key of what was taken while others are still to be reached. */
  private final Set<String> reached = ConcurrentHashMap.newKeySet();

  private final Clock clock;

  /** Each mobile is a message to the gateway, which counts them so. One thread at a time. */
  private final Pace pace;

  SmsChannel(ChannelSetting setting, HttpDoor door, Clock clock) {
    this.setting = setting;
    this.clock = clock;
    this.pace = new Pace(setting.mostPerMinute(), Worker.MINUTE);
    this.sms = Objects.requireNonNull(setting.sms());
    this.door = door;
  }

  /**
   * Each mobile for itself. Where some could not be reached the whole is tried again, and goes to
   * those alone who have not had it; a restart in between sends it to all once more. More mobiles
   * than a minute allows are reached minute by minute.
   */
  @Override
  public Answer send(Letter letter) {
    Set<String> mobiles = new LinkedHashSet<>();
    for (Recipient person : letter.to()) {
      if (person.mobile() != null) {
        mobiles.add(person.mobile());
      }
    }
    if (mobiles.isEmpty()) {
      return Answer.refused("no-mobile");
    }
    String text = letter.title();
    text = text.length() > sms.longest() ? cut(text, sms.longest() - 1) + "…" : text;
    boolean taken = false;
    @Nullable Answer later = null;
    @Nullable Answer refused = null;
    for (String mobile : mobiles) {
      Set<String> keys =
          letter.messages().stream()
              .map(message -> mobile + " " + message.key())
              .collect(Collectors.toSet());
      Answer answer = reached.containsAll(keys) ? Answer.OK : atItsPace(mobile, text);
      switch (answer.result()) {
        case TAKEN -> {
          taken = true;
          reached.addAll(keys);
        }
        case REFUSED -> refused = answer;
        case LATER, BLOCKED -> later = answer;
      }
    }
    if (later != null) {
      if (reached.size() > MOST_REACHED) {
        reached.clear();
      }
      return later;
    }
    letter.messages().forEach(message -> forget(message, mobiles));
    return taken || refused == null ? Answer.OK : refused;
  }

  /** No character is cut in two. */
  private static String cut(String text, int most) {
    return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
  }

  private Answer atItsPace(String mobile, String text) {
    if (!pace.allows(clock.instant())) {
      return Answer.later("pace");
    }
    Answer answer = send(mobile, text);
    pace.sent(clock.instant());
    return answer;
  }

  private void forget(Message message, Set<String> mobiles) {
    mobiles.forEach(mobile -> reached.remove(mobile + " " + message.key()));
  }

  private Answer send(String mobile, String text) {
    UnaryOperator<String> inUrl = value -> URLEncoder.encode(value, StandardCharsets.UTF_8);
    UnaryOperator<String> inBody =
        sms.contentType().contains("json")
            ? value -> new String(JsonStringEncoder.getInstance().quoteAsString(value))
            : inUrl;
    Map<String, String> headers = new HashMap<>();
    headers.put("Content-Type", sms.contentType());
    sms.headers()
        .forEach(
            (name, value) ->
                headers.put(name, filled(value, mobile, text, UnaryOperator.identity())));
    String template = sms.body();
    HttpDoor.Reply reply =
        door.ask(
            sms.method(),
            filled(Objects.requireNonNull(setting.url()), mobile, text, inUrl),
            headers,
            template == null ? "" : filled(template, mobile, text, inBody));
    Answer failure = reply.failure();
    return failure == null ? judged(reply.body()) : failure;
  }

  private String filled(
      String template, String mobile, String text, UnaryOperator<String> escaped) {
    String secret = setting.secret();
    return template
        .replace("{mobile}", escaped.apply(mobile))
        .replace("{secret}", escaped.apply(secret == null ? "" : secret))
        .replace("{text}", escaped.apply(text));
  }

  private Answer judged(String body) {
    String pointer = sms.okPointer();
    if (pointer == null) {
      return Answer.OK;
    }
    try {
      JsonNode told = JSON.readTree(body).at(pointer);
      return told.asText().equals(sms.okValue()) ? Answer.OK : Answer.refused("sms-refused");
    } catch (JsonProcessingException e) {
      return Answer.later("bad-answer");
    }
  }
}
