package org.rollcall.collector.channels;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A loopback stand-in for the three bots. It checks what the real ones check, by their published
 * rules and with code of its own: signature and its age, keyword, size, messages in a minute,
 * people who are called but do not stand in the text. It answers 200 to everything, with the real
 * codes.
 */
final class StandIn implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A message that was taken. */
  record Taken(String text, JsonNode body, Instant at) {}

  final List<Taken> taken = new CopyOnWriteArrayList<>();
  final List<Integer> codes = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private final Clock clock;
  private final @Nullable String secret;
  private final @Nullable String keyword;
  private final Deque<Instant> lately = new ArrayDeque<>();
  private Instant blocked = Instant.EPOCH;

  /** How many requests are answered with 503 before any is looked at. */
  volatile int unwell;

  /** How many answers are no JSON. */
  volatile int babbling;

  StandIn(Clock clock, @Nullable String secret, @Nullable String keyword) throws IOException {
    this.clock = clock;
    this.secret = secret;
    this.keyword = keyword;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/wecom", exchange -> answer(exchange, "errcode", this::wecom));
    server.createContext("/dingtalk", exchange -> answer(exchange, "errcode", this::dingtalk));
    server.createContext("/feishu", exchange -> answer(exchange, "code", this::feishu));
    server.start();
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private interface Judge {
    int code(Map<String, String> query, JsonNode body, int bytes) throws IOException;
  }

  private synchronized void answer(HttpExchange exchange, String field, Judge judge)
      throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (unwell > 0) {
      unwell--;
      exchange.sendResponseHeaders(503, -1);
      exchange.close();
      return;
    }
    String said = "<html>";
    if (babbling > 0) {
      babbling--;
    } else {
      int code = judge.code(query(exchange), JSON.readTree(body), body.length);
      codes.add(code);
      said =
          JSON.createObjectNode().put(field, code).put("errmsg", "said by the stand-in").toString();
    }
    byte[] bytes = said.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static Map<String, String> query(HttpExchange exchange) {
    Map<String, String> query = new HashMap<>();
    String raw = exchange.getRequestURI().getRawQuery();
    for (String pair : List.of((raw == null ? "" : raw).split("&", -1))) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        query.put(
            pair.substring(0, equals),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return query;
  }

  private int wecom(Map<String, String> query, JsonNode body, int bytes) {
    if (!"wecom-key".equals(query.get("key"))) {
      return 93_000;
    }
    if (tooMany(20)) {
      return 45_009;
    }
    boolean markdown = body.path("msgtype").asText().equals("markdown");
    String text = body.path(markdown ? "markdown" : "text").path("content").asText();
    if (size(text) > (markdown ? 4_096 : 2_048)) {
      return 40_058;
    }
    return take(text, body);
  }

  private int dingtalk(Map<String, String> query, JsonNode body, int bytes) {
    if (!"dingtalk-token".equals(query.get("access_token"))) {
      return 300_001;
    }
    if (blocked.isAfter(clock.instant())) {
      return 130_101;
    }
    String its = secret;
    if (its != null) {
      String sent = query.getOrDefault("timestamp", "0");
      boolean old = Math.abs(Long.parseLong(sent) - clock.millis()) > 3_600_000;
      if (old || !Signatures.dingtalk(its, Long.parseLong(sent)).equals(query.get("sign"))) {
        return 310_000;
      }
    }
    String text = body.path("markdown").path("text").asText();
    String title = body.path("markdown").path("title").asText();
    if (title.isEmpty() || bytes > 20_000) {
      return 400_105;
    }
    if (keyword != null && !text.contains(keyword)) {
      return 310_000;
    }
    for (JsonNode mobile : body.path("at").path("atMobiles")) {
      if (!text.contains("@" + mobile.asText())) {
        return 400_105;
      }
    }
    if (tooMany(20)) {
      blocked = clock.instant().plus(Duration.ofMinutes(10));
      return 130_101;
    }
    return take(text, body);
  }

  private int feishu(Map<String, String> query, JsonNode body, int bytes) {
    String its = secret;
    if (its != null) {
      long sent = body.path("timestamp").asLong();
      boolean old = Math.abs(sent - clock.instant().getEpochSecond()) > 3_600;
      if (old || !Signatures.feishu(its, sent).equals(body.path("sign").asText())) {
        return 19_021;
      }
    }
    JsonNode card = body.path("card");
    String text =
        card.path("header").path("title").path("content").asText()
            + card.path("elements").path(0).path("text").path("content").asText();
    if (!body.path("msg_type").asText().equals("interactive") || bytes > 20 * 1_024) {
      return 9_499;
    }
    if (keyword != null && !text.contains(keyword)) {
      return 19_024;
    }
    if (tooMany(100)) {
      return 11_232;
    }
    return take(text, body);
  }

  private static int size(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** In the minute up to now, this one too. */
  private boolean tooMany(int most) {
    Instant now = clock.instant();
    lately.removeIf(at -> !at.plus(Duration.ofMinutes(1)).isAfter(now));
    lately.add(now);
    return lately.size() > most;
  }

  private int take(String text, JsonNode body) {
    taken.add(new Taken(text, body, clock.instant()));
    return 0;
  }

  List<String> texts() {
    List<String> texts = new ArrayList<>();
    taken.forEach(each -> texts.add(each.text()));
    return texts;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
