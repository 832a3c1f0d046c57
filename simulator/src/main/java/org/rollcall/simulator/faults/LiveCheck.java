package org.rollcall.simulator.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.rollcall.simulator.faults.Journal.Entry;

/**
 * Compares an agent's journal with what the running server shows of its line: how many observations
 * each {@value Plan#STEP_MILLIS} ms hold. All subjects of a step share a report, so the line stands
 * for them until the store itself is read. A day that agreed is not asked for again.
 */
final class LiveCheck {
  private static final Pattern COUNT = Pattern.compile("\"count\":(\\d+)");
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** What is asked for at a time: the server shows up to 2,000 steps. */
  private static final long SPAN = Duration.ofHours(8).toMillis();

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build();
  private final int httpPort;
  private final Map<String, Long> checked = new HashMap<>();

  LiveCheck(int httpPort) {
    this.httpPort = httpPort;
  }

  /** What differs, or an empty text. The agent must be at rest with nothing waiting. */
  String difference(RunningAgent agent) throws IOException, InterruptedException {
    long from = checked.getOrDefault(agent.member().name(), -1L);
    Map<Long, Integer> expected = new HashMap<>();
    TreeSet<Long> spans = new TreeSet<>();
    long last = from;
    for (Entry entry : agent.owed()) {
      if (entry.step() > from && entry.kept()) {
        expected.merge(entry.time() / Plan.STEP_MILLIS, 1, Integer::sum);
        spans.add(entry.time() / SPAN);
        last = Math.max(last, entry.step());
      }
    }
    for (long span : spans) {
      String difference = difference(agent, span, expected);
      if (!difference.isEmpty()) {
        return difference;
      }
    }
    checked.put(agent.member().name(), last);
    return "";
  }

  private String difference(RunningAgent agent, long span, Map<Long, Integer> expected)
      throws IOException, InterruptedException {
    int[] shown = shown(agent.school(), span * SPAN);
    int lost = 0;
    for (int window = 0; window < shown.length; window++) {
      int wanted = expected.getOrDefault(span * SPAN / Plan.STEP_MILLIS + window, 0);
      boolean good = agent.member().mayLose() || wanted == 0 || shown[window] >= wanted;
      lost += good ? 0 : wanted - shown[window];
    }
    return lost == 0
        ? ""
        : "the server does not show "
            + lost
            + " steps that "
            + agent.member().name()
            + " spooled for "
            + Instant.ofEpochMilli(span * SPAN);
  }

  private int[] shown(String school, long fromMillis) throws IOException, InterruptedException {
    URI uri =
        URI.create(
            "http://127.0.0.1:%d/api/v1/schools/%s/series?subject=%s&measure=up&from=%s&to=%s&step=%d"
                .formatted(
                    httpPort,
                    school,
                    Plan.LINE,
                    Instant.ofEpochMilli(fromMillis),
                    Instant.ofEpochMilli(fromMillis + SPAN),
                    Plan.STEP_MILLIS / 1_000));
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(uri).timeout(LIMIT).build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("The server answers " + uri + " with " + answer.body());
    }
    return COUNT
        .matcher(answer.body())
        .results()
        .mapToInt(found -> Integer.parseInt(found.group(1)))
        .toArray();
  }
}
