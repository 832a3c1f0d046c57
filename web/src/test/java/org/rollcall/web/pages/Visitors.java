package org.rollcall.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.APIRequestContext;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.RequestOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.accounts.NewAccount;
import org.rollcall.collector.accounts.Role;
import org.rollcall.collector.audit.Actor;
import org.rollcall.web.TestServer;

/**
 * People before a server's pages in Debian's Chromium, signed in or not; calls are made by whoever
 * came last. What a page reports as an error is a fault, and a test that ends with one fails.
 */
final class Visitors implements AutoCloseable {
  static final String PASSWORD = "correct-Horse-8";
  private static final int HEIGHT = 900;

  private final TestServer server;
  private final Pattern tolerated;
  private final Chromium chromium = Chromium.start();
  private final List<String> faults = new ArrayList<>();
  private final Deque<BrowserContext> here = new ArrayDeque<>();

  /**
   * @param tolerated console messages that are no fault, such as answers with an error that the
   *     test asks for; none: {@code ""}
   */
  Visitors(TestServer server, String tolerated) {
    this.server = server;
    this.tolerated = Pattern.compile(tolerated);
  }

  void account(String name, Role role, @Nullable String region, @Nullable String school) {
    NewAccount account = new NewAccount(name, PASSWORD, role, region, school, false);
    assertThat(server.collector().accounts().add(Actor.console(), account)).isNull();
  }

  /** Somebody comes, and is signed in unless {@code who} is empty. */
  BrowserContext as(String who, int width, ColorScheme scheme) {
    BrowserContext opened =
        chromium
            .browser()
            .newContext(
                new Browser.NewContextOptions()
                    .setViewportSize(width, HEIGHT)
                    .setColorScheme(scheme)
                    .setTimezoneId("Asia/Shanghai"));
    here.push(opened);
    opened.setDefaultTimeout(Chromium.PATIENCE_MILLIS);
    if (!who.isEmpty()) {
      APIResponse answer = post("/api/v1/session", Map.of("username", who, "password", PASSWORD));
      assertThat(answer.status()).isEqualTo(200);
    }
    return opened;
  }

  BrowserContext as(String who) {
    return as(who, 1440, ColorScheme.LIGHT);
  }

  Page open(String who, String path, int width, ColorScheme scheme) {
    Page page = as(who, width, scheme).newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") && !tolerated.matcher(message.text()).find()) {
            faults.add(message.text());
          }
        });
    page.onPageError(faults::add);
    page.navigate(server.base() + path);
    return page;
  }

  Page open(String who, String path, int width) {
    return open(who, path, width, ColorScheme.LIGHT);
  }

  /** For calls by whoever came last. */
  APIRequestContext request() {
    return here.getFirst().request();
  }

  APIResponse post(String path, Map<String, ?> body) {
    return request().post(server.base() + path, RequestOptions.create().setData(body));
  }

  JsonNode get(String path) throws IOException {
    APIResponse answer = request().get(server.base() + path);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return json(answer);
  }

  int status(String path) {
    return request().get(server.base() + path).status();
  }

  static JsonNode json(APIResponse answer) throws IOException {
    return new ObjectMapper().readTree(answer.body());
  }

  static void picture(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setFullPage(true).setPath(Path.of("target", name + ".png")));
  }

  private void leave() {
    here.forEach(BrowserContext::close);
    here.clear();
  }

  /** What went wrong since this was last asked. */
  List<String> faults() {
    List<String> found = List.copyOf(faults);
    faults.clear();
    return found;
  }

  /** At the end of each test. */
  void leaveWithoutFaults() {
    leave();
    assertThat(faults()).isEmpty();
  }

  @Override
  public void close() {
    leave();
    chromium.close();
  }
}
