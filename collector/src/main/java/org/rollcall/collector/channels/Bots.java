package org.rollcall.collector.channels;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.channels.Message.Tone;

/**
 * The group bots of WeCom, DingTalk and Feishu. Each answers with 200 whether it took a message or
 * not; a code in the body tells.
 */
final class Bots {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> HEADERS =
      Map.of("Content-Type", "application/json; charset=utf-8");

  /** Bytes that each takes, with room for what stands around the text. */
  private static final int WECOM_TEXT = 2_048;

  private static final int WECOM_MARKDOWN = 4_096;
  private static final int DINGTALK = 18_000;
  private static final int FEISHU = 16_000;

  /** Codes that pass by themselves: busy, too many. */
  private static final Set<Integer> PASSING = Set.of(-1, 45_009, 11_232, 9_499);

  /** DingTalk takes nothing for ten minutes after it. */
  private static final int DINGTALK_BLOCKED = 130_101;

  /** What is mark-up to a bot, and the wide character that looks like it and is none. */
  private static final String MARKS = "<>[]`*@";

  private static final String HARMLESS = "＜＞［］｀＊＠";

  private Bots() {}

  static Channel wecom(ChannelSetting setting, HttpDoor door) {
    return letter -> {
      List<String> mobiles = mobiles(letter);
      String keyword = keyword(setting);
      ObjectNode body = JSON.createObjectNode();
      if (mobiles.isEmpty()) {
        String head =
            "# <font color=\""
                + colour(letter.tone())
                + "\">"
                + plain(letter.title())
                + "</font>"
                + keyword;
        body.put("msgtype", "markdown")
            .putObject("markdown")
            .put("content", letter.fitting(head, list(letter), link(letter), WECOM_MARKDOWN));
      } else {
        // Only a text can call people by their mobiles.
        ObjectNode text = body.put("msgtype", "text").putObject("text");
        String link = letter.link();
        text.put(
            "content",
            letter.fitting(
                plain(letter.title()) + keyword,
                letter.lines().stream().map(Bots::plain).toList(),
                link == null ? "" : "\n" + link,
                WECOM_TEXT));
        ArrayNode called = text.putArray("mentioned_mobile_list");
        mobiles.forEach(called::add);
      }
      return ask(door, url(setting), body, "errcode", "wecom-");
    };
  }

  static Channel dingtalk(ChannelSetting setting, HttpDoor door, Clock clock) {
    return letter -> {
      List<String> mobiles = mobiles(letter);
      StringBuilder tail = new StringBuilder(link(letter));
      // Who is called must stand in the text, too.
      mobiles.forEach(mobile -> tail.append("\n@").append(mobile));
      ObjectNode body = JSON.createObjectNode();
      body.put("msgtype", "markdown")
          .putObject("markdown")
          .put("title", letter.title())
          .put(
              "text",
              letter.fitting(
                  "### " + plain(letter.title()) + keyword(setting),
                  list(letter),
                  tail.toString(),
                  DINGTALK));
      ObjectNode at = body.putObject("at").put("isAtAll", false);
      ArrayNode called = at.putArray("atMobiles");
      mobiles.forEach(called::add);
      String address = url(setting);
      String secret = setting.secret();
      if (secret != null) {
        long now = clock.millis();
        address +=
            (address.contains("?") ? "&" : "?")
                + "timestamp="
                + now
                + "&sign="
                + URLEncoder.encode(Signatures.dingtalk(secret, now), StandardCharsets.UTF_8);
      }
      return ask(door, address, body, "errcode", "dingtalk-");
    };
  }

  static Channel feishu(ChannelSetting setting, HttpDoor door, Clock clock) {
    return letter -> {
      ObjectNode body = JSON.createObjectNode();
      String secret = setting.secret();
      if (secret != null) {
        long seconds = clock.instant().getEpochSecond();
        body.put("timestamp", String.valueOf(seconds))
            .put("sign", Signatures.feishu(secret, seconds));
      }
      body.put("msg_type", "interactive");
      ObjectNode card = body.putObject("card");
      ObjectNode header = card.putObject("header");
      header
          .putObject("title")
          .put("tag", "plain_text")
          .put("content", letter.title() + keyword(setting));
      header.put("template", template(letter.tone()));
      List<String> lines = new ArrayList<>(list(letter));
      if (!letter.to().isEmpty()) {
        lines.add(plain(String.join("、", letter.to().stream().map(Recipient::name).toList())));
      }
      card.putArray("elements")
          .addObject()
          .put("tag", "div")
          .putObject("text")
          .put("tag", "lark_md")
          .put("content", letter.fitting("", lines, link(letter), FEISHU));
      return ask(door, url(setting), body, "code", "feishu-");
    };
  }

  private static String url(ChannelSetting setting) {
    return Objects.requireNonNull(setting.url());
  }

  /** A bot with a keyword takes only messages that hold it. */
  private static String keyword(ChannelSetting setting) {
    String word = setting.keyword();
    return word == null ? "" : " [" + word + "]";
  }

  private static List<String> list(Letter letter) {
    return letter.lines().stream().map(line -> "- " + plain(line)).toList();
  }

  /**
   * Names come from the network too: none may call everybody, begin a link or a tag, or change the
   * face of the text.
   */
  private static String plain(String text) {
    StringBuilder plain = new StringBuilder(text);
    for (int i = 0; i < plain.length(); i++) {
      int at = MARKS.indexOf(plain.charAt(i));
      if (at >= 0) {
        plain.setCharAt(i, HARMLESS.charAt(at));
      }
    }
    return plain.toString();
  }

  private static String link(Letter letter) {
    String link = letter.link();
    return link == null ? "" : "\n\n[" + letter.linkWord() + "](" + link + ")";
  }

  private static List<String> mobiles(Letter letter) {
    return letter.to().stream()
        .map(Recipient::mobile)
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .distinct()
        .toList();
  }

  private static String colour(Tone tone) {
    return switch (tone) {
      case RED, AMBER -> "warning";
      case GREEN -> "info";
      case PLAIN -> "comment";
    };
  }

  private static String template(Tone tone) {
    return switch (tone) {
      case RED -> "red";
      case AMBER -> "orange";
      case GREEN -> "green";
      case PLAIN -> "blue";
    };
  }

  private static Answer ask(
      HttpDoor door, String address, ObjectNode body, String codeField, String prefix) {
    HttpDoor.Reply reply = door.ask("POST", address, HEADERS, body.toString());
    Answer failure = reply.failure();
    if (failure != null) {
      return failure;
    }
    Integer code = code(reply.body(), codeField);
    if (code == null) {
      return Answer.later("bad-answer");
    }
    if (code == 0) {
      return Answer.OK;
    }
    String reason = prefix + code;
    if (code == DINGTALK_BLOCKED) {
      return new Answer(Answer.Result.BLOCKED, reason);
    }
    return PASSING.contains(code) ? Answer.later(reason) : Answer.refused(reason);
  }

  private static @Nullable Integer code(String answer, String field) {
    try {
      JsonNode code = JSON.readTree(answer).path(field);
      return code.canConvertToInt() ? code.asInt() : null;
    } catch (JsonProcessingException e) {
      return null;
    }
  }
}
