package org.rollcall.agent.status;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The status as a page, as JSON and as plain text. */
final class StatusRendering {
  private StatusRendering() {}

  static String text(AgentStatus status, boolean chinese, ZoneId zone) {
    StatusText words = new StatusText(chinese, zone);
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, String> line : words.lines(status)) {
      text.append(line.getKey()).append(words.say("：", ": ")).append(line.getValue()).append('\n');
    }
    if (!status.looks().isEmpty()) {
      text.append('\n');
    }
    for (AgentStatus.Look look : status.looks()) {
      text.append(look.subject()).append("  ").append(words.outcome(look));
      Instant seen = look.seen();
      text.append(seen == null ? "" : "  " + words.time(seen)).append('\n');
    }
    return text.toString();
  }

  static String html(AgentStatus status, boolean chinese, ZoneId zone) {
    StatusText words = new StatusText(chinese, zone);
    StringBuilder page = new StringBuilder(2_048);
    page.append("<!doctype html><html lang=\"")
        .append(chinese ? "zh-CN" : "en")
        .append(
            "\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">")
        .append("<title>")
        .append(words.say("点到采集端", "Rollcall agent"))
        .append(
            "</title><style>body{font:16px sans-serif;margin:2rem;max-width:50rem}"
                + "th{text-align:left;padding-right:1rem}td,th{padding:.2rem .8rem .2rem 0;"
                + "vertical-align:top}.down{color:#a40000}</style><h1>")
        .append(words.say("点到采集端", "Rollcall agent"))
        .append("</h1><table>");
    for (Map.Entry<String, String> line : words.lines(status)) {
      row(page, "", line.getKey(), line.getValue(), "");
    }
    page.append("</table><h2>")
        .append(words.say("被测对象", "What is looked at"))
        .append("</h2><table>");
    for (AgentStatus.Look look : status.looks()) {
      Instant seen = look.seen();
      String style = Boolean.FALSE.equals(look.up()) ? " class=\"down\"" : "";
      row(page, style, look.subject(), words.outcome(look), seen == null ? "" : words.time(seen));
    }
    return page.append(
            "</table><p><a href=\"?lang=zh\">中文</a> <a href=\"?lang=en\">English</a></p></html>")
        .toString();
  }

  private static void row(
      StringBuilder page, String style, String head, String value, String time) {
    page.append("<tr").append(style).append("><th>").append(escaped(head));
    page.append("</th><td>").append(escaped(value)).append("</td><td>").append(escaped(time));
    page.append("</td></tr>");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  static String json(AgentStatus status) {
    StringBuilder json = new StringBuilder(1_024).append('{');
    put(json, "agent", status.agent());
    put(json, "school", status.school());
    put(json, "server", status.server());
    put(json, "connected", status.connectedSince() != null);
    put(json, "connectedSince", status.connectedSince());
    put(json, "notConnectedBecause", status.notConnectedBecause());
    put(json, "uptimeSeconds", status.uptimeSeconds());
    put(json, "spoolReports", status.spoolReports());
    put(json, "spoolBytes", status.spoolBytes());
    put(json, "spoolProblem", status.spoolProblem());
    put(json, "clockSkewSeconds", status.clockSkewSeconds());
    put(json, "configRevision", status.configRevision());
    put(json, "configProblem", status.configProblem());
    put(json, "residentBytes", status.residentBytes());
    json.append("\"looks\":[");
    String comma = "";
    for (AgentStatus.Look look : status.looks()) {
      json.append(comma).append('{');
      put(json, "subject", look.subject());
      put(json, "seen", look.seen());
      put(json, "up", look.up());
      put(json, "reason", look.reason().isEmpty() ? null : look.reason());
      json.setCharAt(json.length() - 1, '}');
      comma = ",";
    }
    return json.append("]}\n").toString();
  }

  /** Ends with a comma. */
  private static void put(StringBuilder json, String name, @Nullable Object value) {
    json.append('"').append(name).append("\":");
    if (value == null || value instanceof Number || value instanceof Boolean) {
      json.append(value);
    } else {
      json.append('"');
      value.toString().chars().forEach(c -> appendEscaped(json, (char) c));
      json.append('"');
    }
    json.append(',');
  }

  private static void appendEscaped(StringBuilder json, char c) {
    if (c == '"' || c == '\\') {
      json.append('\\').append(c);
    } else if (c < ' ') {
      json.append(String.format("\\u%04x", (int) c));
    } else {
      json.append(c);
    }
  }
}
