package org.rollcall.web.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.RequestOptions;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.collector.accounts.NewAccount;
import org.rollcall.collector.accounts.Role;
import org.rollcall.collector.audit.Actor;
import org.rollcall.web.AlertSetup;
import org.rollcall.web.DeskFaults;
import org.rollcall.web.TestServer;

/** From a broken line to a webhook and the page, over a real server and in Debian's Chromium. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AlertsPagesIT {
  private static final String PASSWORD = "correct-Horse-8";
  private static final String SCHOOL = TestServer.SCHOOLS.get(0);

  private final List<String> faults = new ArrayList<>();
  private final List<String> hooked = new CopyOnWriteArrayList<>();
  private TestServer server;
  private HttpServer hook;
  private @Nullable Chromium chromium;
  private @Nullable BrowserContext visit;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    hook.createContext(
        "/",
        exchange -> {
          hooked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    hook.start();
    String url = "http://127.0.0.1:" + hook.getAddress().getPort() + "/token-of-the-hook";
    server = TestServer.start(folder, true, "{port: 0}", AlertSetup.in(folder, url));
    account("root", Role.ADMINISTRATOR, null, null);
    account("technician", Role.TECHNICIAN, "440307", null);
    account("bureau", Role.BUREAU, "440307", null);
    account("school", Role.SCHOOL, null, SCHOOL);
    account("neighbour", Role.SCHOOL, null, TestServer.SCHOOLS.get(2));
    chromium = Chromium.start();
    DeskFaults.show(server);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> server.collector().alerts().counts().firing() == 2 && hooked.size() == 2);
  }

  private void account(String name, Role role, @Nullable String region, @Nullable String school) {
    NewAccount account = new NewAccount(name, PASSWORD, role, region, school, false);
    assertThat(server.collector().accounts().add(Actor.console(), account)).isNull();
  }

  @AfterAll
  void stop() {
    if (chromium != null) {
      chromium.close();
    }
    server.close();
    hook.stop(0);
  }

  @AfterEach
  void nothingWentWrong() {
    if (visit != null) {
      visit.close();
      visit = null;
    }
    assertThat(faults).isEmpty();
  }

  private BrowserContext as(String who, int width) {
    if (visit != null) {
      visit.close();
    }
    BrowserContext opened =
        Objects.requireNonNull(chromium)
            .browser()
            .newContext(
                new Browser.NewContextOptions()
                    .setViewportSize(width, 900)
                    .setTimezoneId("Asia/Shanghai"));
    visit = opened;
    opened.setDefaultTimeout(Chromium.PATIENCE_MILLIS);
    if (!who.isEmpty()) {
      APIResponse answer = post("/api/v1/session", Map.of("username", who, "password", PASSWORD));
      assertThat(answer.status()).isEqualTo(200);
    }
    return opened;
  }

  private Page open(String who, String path, int width) {
    Page page = as(who, width).newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") && !message.text().matches(".*(400|401|403|ERR_).*")) {
            faults.add(message.text());
          }
        });
    page.onPageError(faults::add);
    page.navigate(server.base() + path);
    return page;
  }

  private static void picture(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setFullPage(true).setPath(Path.of("target", name + ".png")));
  }

  private APIResponse post(String path, Map<String, ?> body) {
    return Objects.requireNonNull(visit)
        .request()
        .post(server.base() + path, RequestOptions.create().setData(body));
  }

  private JsonNode get(String path) throws Exception {
    APIResponse answer = Objects.requireNonNull(visit).request().get(server.base() + path);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body());
  }

  private int status(String path) {
    return Objects.requireNonNull(visit).request().get(server.base() + path).status();
  }

  @Test
  @Order(1)
  void theWebhookHeardOfEachOnce() {
    assertThat(hooked).hasSize(2);
    assertThat(String.join("\n", hooked))
        .contains("Line down: Test School", "Device fault: Test School", "\"to\":[\"陈工\"]")
        .contains("https://rollcall.example/alerts/");
  }

  @Test
  @Order(2)
  void everybodySeesTheirOwnAlertsAndNobodyElseAny() throws Exception {
    as("technician", 1440);
    JsonNode all = get("/api/v1/alerts");
    assertThat(all.path("firing").asInt()).isEqualTo(2);
    assertThat(all.path("mayAct").asBoolean()).isTrue();
    assertThat(all.path("items").path(0).path("rule").asText()).isEqualTo("line-down");
    String id = all.path("items").path(0).path("id").asText();
    assertThat(get("/api/v1/alerts/" + id).path("steps")).hasSize(3);
    as("school", 1440);
    assertThat(get("/api/v1/alerts").path("items")).hasSize(1);
    assertThat(get("/api/v1/alerts").path("mayAct").asBoolean()).isFalse();
    assertThat(post("/api/v1/alerts/" + id + "/ack", Map.of()).status()).isEqualTo(403);
    as("neighbour", 1440);
    assertThat(get("/api/v1/alerts").path("items")).isEmpty();
    assertThat(status("/api/v1/alerts/" + id)).isEqualTo(404);
    assertThat(status("/api/v1/duty")).isEqualTo(403);
    as("", 1440);
    assertThat(status("/api/v1/alerts")).isIn(401, 403);
    assertThat(status("/api/v1/channels")).isIn(401, 403);
    as("bureau", 1440);
    assertThat(post("/api/v1/alerts/" + id + "/ack", Map.of()).status()).isEqualTo(403);
    assertThat(status("/api/v1/deliveries")).isEqualTo(403);
    assertThat(get("/api/v1/duty").path("rotas").path(0).path("person").asText()).isEqualTo("陈工");
    assertThat(get("/api/v1/duty").toString()).doesNotContain("13800000000");
  }

  @Test
  @Order(3)
  void theTechnicianTakesOneOnAndMutesAnother() throws Exception {
    Page page = open("technician", "/alerts?lang=en", 1440);
    Locator entries = page.locator("alerts-page alert-entry");
    assertThat(entries).hasCount(2);
    Locator line = entries.first();
    assertThat(line).containsText("Line down");
    assertThat(line).containsText("Nobody on it");
    assertThat(line).containsText("Told");
    picture(page, "alerts-1440");
    line.locator("summary").click();
    line.locator("input[name=comment]").fill("on my way");
    line.locator("input[name=hours]").fill("2");
    line.locator("button").click();
    assertThat(page.locator("alert-entry article[data-state=ACKNOWLEDGED]"))
        .containsText("on my way");
    page.locator("section[aria-labelledby=mutes] summary").click();
    page.locator("section[aria-labelledby=mutes] select[name=rule]").selectOption("device-fault");
    page.locator("section[aria-labelledby=mutes] input[name=place]").fill("440307001");
    page.locator("section[aria-labelledby=mutes] input[name=reason]").fill("new lamps");
    page.locator("section[aria-labelledby=mutes] form button").click();
    assertThat(page.locator("section[aria-labelledby=mutes]")).containsText("new lamps");
    assertThat(page.locator("alerts-page")).containsText("muted");
    assertThat(page.locator("section[aria-labelledby=duty]")).containsText("陈工 is on duty");
    JsonNode mutes = get("/api/v1/mutes");
    String mute = mutes.path("items").path(0).path("id").asText();
    assertThat(post("/api/v1/mutes/" + mute + "/end", Map.of()).status()).isEqualTo(204);
    assertThat(post("/api/v1/mutes/" + mute + "/end", Map.of()).status()).isEqualTo(409);
    assertThat(
            post(
                    "/api/v1/mutes",
                    Map.of("place", "440305", "until", Instant.now() + "", "reason", "x"))
                .status())
        .isEqualTo(404);
    page.locator("alert-entry h2 > a").first().click();
    assertThat(page.locator("alerts-page ol.steps")).containsText("Became an alert");
    Page small = open("technician", "/alerts?lang=zh-CN", 360);
    assertThat(small.locator("alert-entry")).hasCount(2);
    picture(small, "alerts-360");
  }

  @Test
  @Order(4)
  void theAdministratorTriesAChannelAndReadsTheLog() throws Exception {
    Page page = open("root", "/channels?lang=en", 1440);
    page.locator("channels-page tr[data-name=hook] button").click();
    assertThat(page.locator("channels-page [role=status]")).containsText("Test of hook: taken");
    assertThat(page.locator("section[aria-labelledby=deliveries]")).containsText("Line down");
    picture(page, "channels-1440");
    assertThat(hooked)
        .as("to whoever is on duty")
        .anyMatch(body -> body.contains("a test message") && body.contains("\"to\":[\"陈工\"]"));
    for (String path : List.of("/api/v1/channels", "/api/v1/deliveries", "/api/v1/audit")) {
      assertThat(get(path).toString())
          .as(path)
          .doesNotContain("token-of-the-hook")
          .doesNotContain("hush");
    }
    assertThat(post("/api/v1/channels/none/test", Map.of()).status()).isEqualTo(404);
    Page small = open("root", "/channels?lang=zh-CN", 360);
    assertThat(small.locator("channels-page tr[data-name=hook]")).containsText("Webhook");
    picture(small, "channels-360");
  }

  @Test
  @Order(5)
  void whatIsWellAgainIsOverAndSaidToBe() {
    DeskFaults.mend(server);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> hooked.stream().anyMatch(body -> body.contains("Over: Line down")));
    Page page = open("technician", "/alerts?lang=en&state=RESOLVED", 1440);
    assertThat(page.locator("alert-entry")).hasCount(2);
  }
}
