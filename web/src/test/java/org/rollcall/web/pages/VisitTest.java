package org.rollcall.web.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Visits to the pages of a server with schools of every verdict, whose reading calls are open. No
 * test may leave an error on the console or send a request to another origin.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SharedServer.class)
abstract class VisitTest {
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<String> faults = new ArrayList<>();
  private @Nullable Chromium chromium;
  private @Nullable BrowserContext visit;

  @BeforeAll
  void openTheBrowser() {
    chromium = Chromium.start();
  }

  @AfterAll
  void closeTheBrowser() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @BeforeEach
  void forgetFaults() {
    faults.clear();
  }

  @AfterEach
  void nothingWentWrongAndNothingLeft() {
    leave();
    assertThat(faults).isEmpty();
  }

  /** Ends the visit under way, if there is one. */
  final void leave() {
    if (visit != null) {
      visit.close();
      visit = null;
    }
  }

  final Page open(String path, int width, int height) {
    return open(path, new Browser.NewContextOptions().setViewportSize(width, height));
  }

  final Page open(String path, Browser.NewContextOptions how) {
    visit = Objects.requireNonNull(chromium).browser().newContext(how);
    visit.setDefaultTimeout(Chromium.PATIENCE_MILLIS);
    visit.setDefaultNavigationTimeout(Chromium.PATIENCE_MILLIS);
    Page page = visit.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            faults.add(path + ": " + message.text());
          }
        });
    page.onPageError(error -> faults.add(path + ": " + error));
    page.onRequest(
        request -> {
          String url = request.url();
          if (!url.startsWith(SharedServer.base() + "/") && !url.startsWith("data:")) {
            faults.add(path + " asked elsewhere: " + url);
          }
        });
    page.navigate(SharedServer.base() + path);
    return page;
  }

  final JsonObject schoolWithLineAndClasses() {
    JsonArray schools = get("/api/v1/schools?size=500").getJsonArray("items");
    return schools.stream()
        .map(JsonObject.class::cast)
        .map(school -> get("/api/v1/schools/" + school.getString("code")))
        .filter(school -> !school.getJsonArray("links").isEmpty())
        .filter(school -> !school.getJsonArray("classes").isEmpty())
        .findFirst()
        .orElseThrow(() -> new AssertionError("The server has no school with a line and classes"));
  }

  final JsonObject get(String path) {
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(SharedServer.base() + path)).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      return new JsonObject(answer.body());
    } catch (IOException e) {
      throw new AssertionError(path + " did not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(path + " was interrupted", e);
    }
  }
}
