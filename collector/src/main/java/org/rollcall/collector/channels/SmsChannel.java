package org.rollcall.collector.channels;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A gateway that takes one text for one mobile by HTTP. People without a mobile get none. */
final class SmsChannel implements Channel {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ChannelSetting setting;
  private final ChannelSetting.Sms sms;
  private final HttpDoor door;

  SmsChannel(ChannelSetting setting, HttpDoor door) {
    this.setting = setting;
    this.sms = Objects.requireNonNull(setting.sms());
    this.door = door;
  }

  /** One that fails after others were taken is told as taken: better one too few than all twice. */
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
    text = text.length() > sms.longest() ? text.substring(0, sms.longest() - 1) + "…" : text;
    boolean taken = false;
    Answer last = Answer.OK;
    for (String mobile : mobiles) {
      last = send(mobile, text);
      taken |= last.result() == Answer.Result.TAKEN;
    }
    return taken ? Answer.OK : last;
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
