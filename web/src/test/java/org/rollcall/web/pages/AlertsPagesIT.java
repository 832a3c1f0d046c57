package org.rollcall.web.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.collector.accounts.Role;
import org.rollcall.web.AlertSetup;
import org.rollcall.web.DeskFaults;
import org.rollcall.web.TestServer;

/** From a broken line to a webhook and the page, over a real server and in Debian's Chromium. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AlertsPagesIT {
  private static final String SCHOOL = TestServer.SCHOOLS.get(0);

  private final List<String> hooked = new CopyOnWriteArrayList<>();
  private TestServer server;
  private HttpServer hook;
  private Visitors visitors;

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
    visitors = new Visitors(server, "400|401|403|ERR_");
    visitors.account("root", Role.ADMINISTRATOR, null, null);
    visitors.account("technician", Role.TECHNICIAN, "440307", null);
    visitors.account("bureau", Role.BUREAU, "440307", null);
    visitors.account("school", Role.SCHOOL, null, SCHOOL);
    visitors.account("neighbour", Role.SCHOOL, null, TestServer.SCHOOLS.get(2));
    DeskFaults.show(server);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> server.collector().alerts().counts().firing() == 2 && hooked.size() == 2);
  }

  @AfterAll
  void stop() {
    visitors.close();
    server.close();
    hook.stop(0);
  }

  @AfterEach
  void nothingWentWrong() {
    visitors.leaveWithoutFaults();
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
    visitors.as("technician");
    JsonNode all = visitors.get("/api/v1/alerts");
    assertThat(all.path("firing").asInt()).isEqualTo(2);
    assertThat(all.path("mayAct").asBoolean()).isTrue();
    assertThat(all.path("items").path(0).path("rule").asText()).isEqualTo("line-down");
    String id = all.path("items").path(0).path("id").asText();
    assertThat(visitors.get("/api/v1/alerts/" + id).path("steps")).hasSize(3);
    visitors.as("school");
    assertThat(visitors.get("/api/v1/alerts").path("items")).hasSize(1);
    assertThat(visitors.get("/api/v1/alerts").path("mayAct").asBoolean()).isFalse();
    assertThat(visitors.post("/api/v1/alerts/" + id + "/ack", Map.of()).status()).isEqualTo(403);
    visitors.as("neighbour");
    assertThat(visitors.get("/api/v1/alerts").path("items")).isEmpty();
    assertThat(visitors.status("/api/v1/alerts/" + id)).isEqualTo(404);
    assertThat(visitors.status("/api/v1/duty")).isEqualTo(403);
    visitors.as("");
    assertThat(visitors.status("/api/v1/alerts")).isIn(401, 403);
    assertThat(visitors.status("/api/v1/channels")).isIn(401, 403);
    visitors.as("bureau");
    assertThat(visitors.post("/api/v1/alerts/" + id + "/ack", Map.of()).status()).isEqualTo(403);
    assertThat(visitors.status("/api/v1/deliveries")).isEqualTo(403);
    assertThat(visitors.get("/api/v1/duty").path("rotas").path(0).path("person").asText())
        .isEqualTo("陈工");
    assertThat(visitors.get("/api/v1/duty").toString()).doesNotContain("13800000000");
  }

  @Test
  @Order(3)
  void theTechnicianTakesOneOnAndMutesAnother() throws Exception {
    Page page = visitors.open("technician", "/alerts?lang=en", 1440);
    Locator entries = page.locator("alerts-page alert-entry");
    assertThat(entries).hasCount(2);
    Locator line = entries.first();
    assertThat(line).containsText("Line down");
    assertThat(line).containsText("Nobody on it");
    assertThat(line).containsText("Told");
    Visitors.picture(page, "alerts-1440");
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
    JsonNode mutes = visitors.get("/api/v1/mutes");
    String mute = mutes.path("items").path(0).path("id").asText();
    assertThat(visitors.post("/api/v1/mutes/" + mute + "/end", Map.of()).status()).isEqualTo(204);
    assertThat(visitors.post("/api/v1/mutes/" + mute + "/end", Map.of()).status()).isEqualTo(409);
    assertThat(
            visitors
                .post(
                    "/api/v1/mutes",
                    Map.of("place", "440305", "until", Instant.now() + "", "reason", "x"))
                .status())
        .isEqualTo(404);
    page.locator("alert-entry h2 > a").first().click();
    assertThat(page.locator("alerts-page ol.steps")).containsText("Became an alert");
    Page small = visitors.open("technician", "/alerts?lang=zh-CN", 360);
    assertThat(small.locator("alert-entry")).hasCount(2);
    Visitors.picture(small, "alerts-360");
  }

  @Test
  @Order(4)
  void theAdministratorTriesAChannelAndReadsTheLog() throws Exception {
    Page page = visitors.open("root", "/channels?lang=en", 1440);
    page.locator("channels-page tr[data-name=hook] button").click();
    assertThat(page.locator("channels-page [role=status]")).containsText("Test of hook: taken");
    assertThat(page.locator("section[aria-labelledby=deliveries]")).containsText("Line down");
    Visitors.picture(page, "channels-1440");
    assertThat(hooked)
        .as("to whoever is on duty")
        .anyMatch(body -> body.contains("a test message") && body.contains("\"to\":[\"陈工\"]"));
    for (String path : List.of("/api/v1/channels", "/api/v1/deliveries", "/api/v1/audit")) {
      assertThat(visitors.get(path).toString())
          .as(path)
          .doesNotContain("token-of-the-hook")
          .doesNotContain("hush");
    }
    assertThat(visitors.post("/api/v1/channels/none/test", Map.of()).status()).isEqualTo(404);
    Page small = visitors.open("root", "/channels?lang=zh-CN", 360);
    assertThat(small.locator("channels-page tr[data-name=hook]")).containsText("Webhook");
    Visitors.picture(small, "channels-360");
  }

  @Test
  @Order(5)
  void whatIsWellAgainIsOverAndSaidToBe() {
    DeskFaults.mend(server);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> hooked.stream().anyMatch(body -> body.contains("Over: Line down")));
    Page page = visitors.open("technician", "/alerts?lang=en&state=RESOLVED", 1440);
    assertThat(page.locator("alert-entry")).hasCount(2);
  }
}
