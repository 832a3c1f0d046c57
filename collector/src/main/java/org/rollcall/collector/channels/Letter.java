package org.rollcall.collector.channels;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.channels.Message.Tone;

/**
 * One message as it goes out, in one language: a single one, or a digest of several.
 *
 * @param key the first message's; tells a mail server or a receiver that it had it
 * @param topic of a single message; of a digest empty
 * @param messages in the order in which they were posted, never empty
 * @param to people on duty, each once
 * @param site address of the pages, without a slash at its end; null where it is not set
 */
record Letter(
    String key,
    String topic,
    Tone tone,
    List<Message> messages,
    List<Recipient> to,
    boolean chinese,
    @Nullable String site) {

  /** Characters of a title; a bot refuses what is too long whole. Project default. */
  private static final int LONGEST_TITLE = 300;

  static Letter of(
      List<Message> messages, List<Recipient> to, boolean chinese, @Nullable String site) {
    Message first = messages.get(0);
    Tone worst = messages.stream().map(Message::tone).min(Enum::compareTo).orElse(first.tone());
    return new Letter(
        first.key(),
        messages.size() == 1 ? first.topic() : "",
        worst,
        List.copyOf(messages),
        List.copyOf(to),
        chinese,
        site);
  }

  String title() {
    if (messages.size() == 1) {
      String title = text(messages.get(0).title());
      return title.codePointCount(0, title.length()) <= LONGEST_TITLE
          ? title
          : title.substring(0, title.offsetByCodePoints(0, LONGEST_TITLE - 1)) + "…";
    }
    long over = messages.stream().filter(message -> message.tone() == Tone.GREEN).count();
    long on = messages.size() - over;
    return chinese
        ? String.format(Locale.ROOT, "点到:%d 条告警,%d 条已恢复", on, over)
        : String.format(Locale.ROOT, "Rollcall: %d alerts, %d over", on, over);
  }

  /** In one line: names come from the network too, and may hold what would begin another one. */
  String text(Words words) {
    String text = chinese ? words.zh() : words.en();
    return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
  }

  /** What stands below the title, a line each; of a digest a line for each message. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (messages.size() == 1) {
      messages.get(0).lines().forEach(line -> lines.add(text(line)));
    } else {
      messages.forEach(message -> lines.add(text(message.title())));
    }
    return lines;
  }

  /** Where more stands; null where nothing says where the pages are. */
  @Nullable String link() {
    String path = messages.size() == 1 ? messages.get(0).path() : "/alerts";
    return site == null || path == null ? null : site + path;
  }

  String linkWord() {
    return chinese ? "打开页面" : "Open the page";
  }

  /**
   * As many lines as fit, and how many more there are. Cut at line ends, so that no character and
   * no mark-up is.
   *
   * @param head stands in front whatever its length
   * @param lines in their order
   * @param tail stands behind
   * @param most bytes in UTF-8
   */
  String fitting(String head, List<String> lines, String tail, int most) {
    StringBuilder text = new StringBuilder(head);
    int left = most - bytes(head) - bytes(tail) - bytes(more(lines.size()));
    int shown = 0;
    for (String line : lines) {
      left -= bytes(line) + 1;
      if (left < 0) {
        break;
      }
      text.append('\n').append(line);
      shown++;
    }
    if (shown < lines.size()) {
      text.append(more(lines.size() - shown));
    }
    return text.append(tail).toString();
  }

  private String more(int n) {
    return chinese ? "\n……另有 " + n + " 条" : "\n… and " + n + " more";
  }

  static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
