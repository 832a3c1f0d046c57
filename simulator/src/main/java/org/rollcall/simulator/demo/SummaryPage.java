package org.rollcall.simulator.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The district's summary as the server shows it to anyone. */
final class SummaryPage {
  private static final Pattern IN_SCOPE = Pattern.compile("\"inScope\"\\s*:\\s*(\\d+)");
  private static final Pattern RULE = Pattern.compile("\"rule\"\\s*:\\s*\"(XXT|BBT)-");

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final URI uri;

  SummaryPage(int httpPort, String region) {
    this.uri =
        URI.create("http://127.0.0.1:" + httpPort + "/api/v1/regions/" + region + "/summary");
  }

  /** Whether both headline targets are there, with schools that are judged by them. */
  boolean showsVerdicts() throws InterruptedException {
    try {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build(),
              HttpResponse.BodyHandlers.ofString());
      String body = answer.body();
      return answer.statusCode() == 200
          && names(body, "XXT")
          && names(body, "BBT")
          && sum(IN_SCOPE, body) > 0;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static boolean names(String body, String rule) {
    return RULE.matcher(body).results().anyMatch(found -> found.group(1).equals(rule));
  }

  private static long sum(Pattern number, String body) {
    long sum = 0;
    for (Matcher found = number.matcher(body); found.find(); ) {
      sum += Long.parseLong(found.group(1));
    }
    return sum;
  }
}
