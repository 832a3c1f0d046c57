package org.rollcall.web.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.RequestOptions;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import org.rollcall.collector.audit.AuditLog;
import org.rollcall.web.TestServer;

/** Tasks over a real server: its calls, and its pages in Debian's Chromium. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TasksPagesIT {
  private static final String PASSWORD = "correct-Horse-8";
  private static final String SCHOOL = TestServer.SCHOOLS.get(1);
  private static final String RULE = "XXT-A";
  private static final String OF_SCHOOL = "/api/v1/schools/" + SCHOOL + "/tasks";
  private static final String OF_REGION = "/api/v1/regions/440307/tasks";

  private final List<String> faults = new ArrayList<>();
  private TestServer server;
  private @Nullable Chromium chromium;
  private @Nullable BrowserContext visit;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    server = TestServer.start(folder, true);
    account("technician", Role.TECHNICIAN, "440307", null);
    account("bureau", Role.BUREAU, "440307", null);
    account("school", Role.SCHOOL, null, SCHOOL);
    account("neighbour", Role.SCHOOL, null, TestServer.SCHOOLS.get(0));
    chromium = Chromium.start();
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
      APIResponse answer =
          opened
              .request()
              .post(
                  server.base() + "/api/v1/session",
                  RequestOptions.create().setData(Map.of("username", who, "password", PASSWORD)));
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

  private String inDays(int days) {
    return server.collector().tasks().today().plusDays(days).toString();
  }

  private Map<String, String> wanted(String rule) {
    return Map.of("rule", rule, "deadline", inDays(30));
  }

  @Test
  @Order(1)
  void whoMayNotMakeTasksIsRefused() {
    as("", 1440);
    assertThat(post(OF_SCHOOL, wanted(RULE)).status()).isEqualTo(401);
    for (String who : List.of("bureau", "school")) {
      as(who, 1440);
      assertThat(post(OF_SCHOOL, wanted(RULE)).status()).as(who).isEqualTo(403);
    }
    as("bureau", 1440);
    assertThat(post(OF_REGION, wanted(RULE)).status()).isEqualTo(403);
    as("neighbour", 1440);
    assertThat(post(OF_SCHOOL, wanted(RULE)).status()).isEqualTo(404);
    assertThat(server.collector().tasks().all()).isEmpty();
  }

  @Test
  @Order(2)
  void whatIsNotFailedOrHasNoRealDeadlineGetsNoTask() {
    as("technician", 1440);
    assertThat(post(OF_SCHOOL, wanted("NO-SUCH-RULE")).status()).isEqualTo(409);
    for (String day : List.of(inDays(-1), inDays(2000), "2026-02-31", "soon")) {
      assertThat(post(OF_SCHOOL, Map.of("rule", RULE, "deadline", day)).status())
          .as(day)
          .isEqualTo(400);
    }
    assertThat(server.collector().tasks().all()).isEmpty();
  }

  @Test
  @Order(3)
  void theTechnicianMakesATaskOnTheSchoolsPage() throws Exception {
    Page page = open("technician", "/schools/" + SCHOOL + "?lang=en", 1440);
    page.locator("school-tasks .make-task summary").click();
    Locator form = page.locator("school-tasks task-form");
    form.locator("select").selectOption(RULE);
    assertThat(form.locator(".task-help")).containsText("bandwidth");
    form.locator("input[name=person]").fill("Li");
    form.locator("textarea").fill("Order more bandwidth");
    form.locator("input[type=date]").fill(inDays(30));
    form.locator("button[type=submit]").click();
    Locator entry = page.locator("school-tasks task-entry");
    assertThat(entry).hasCount(1);
    assertThat(entry).containsText("Order more bandwidth");
    assertThat(entry.locator(".request-state")).hasText("Open");
    picture(page, "tasks-school-en");
    JsonNode task = get(OF_SCHOOL).at("/items/0");
    assertThat(task.get("threshold").asDouble()).isPositive();
    assertThat(task.get("person").asText()).isEqualTo("Li");
    assertThat(post(OF_SCHOOL, wanted(RULE)).status()).isEqualTo(409);
  }

  @Test
  @Order(4)
  void theSchoolSaysThatItIsMendedAndNobodyElseOfItsKindSeesIt() throws Exception {
    as("neighbour", 1440);
    long id = server.collector().tasks().of(SCHOOL).get(0).id();
    assertThat(get("/api/v1/tasks").get("total").asInt()).isZero();
    assertThat(post("/api/v1/tasks/" + id + "/done", Map.of()).status()).isEqualTo(404);
    as("bureau", 1440);
    assertThat(post("/api/v1/tasks/" + id + "/done", Map.of()).status()).isEqualTo(403);
    Page page = open("school", "/tasks?lang=zh-CN", 360);
    Locator entry = page.locator("task-entry");
    entry.locator("button[data-act=done]").click();
    entry.locator("textarea").fill("已换光纤");
    entry.locator("button[type=submit]").click();
    assertThat(entry.locator(".request-state")).hasText("已整改待复测");
    assertThat(entry.locator("button[data-act=cancel]")).hasCount(0);
    picture(page, "tasks-360-zh");
    assertThat(page.evaluate("document.documentElement.scrollWidth <= 360")).isEqualTo(true);
    assertThat(post("/api/v1/tasks/" + id + "/done", Map.of()).status()).isEqualTo(409);
    assertThat(post("/api/v1/tasks/" + id + "/cancel", Map.of("reason", "x")).status())
        .isEqualTo(403);
  }

  @Test
  @Order(5)
  void aRegionsFailuresBecomeTasksAtOnceAndNoneTwice() throws Exception {
    as("technician", 1440);
    JsonNode failing = get("/api/v1/tasks?region=440307").get("failing");
    assertThat(failing.size()).isPositive();
    String rule = failing.at("/0/rule").asText();
    int schools = failing.at("/0/schools").asInt();
    assertThat(
            new ObjectMapper().readTree(post(OF_REGION, wanted(rule)).body()).get("made").asInt())
        .isEqualTo(schools);
    assertThat(
            new ObjectMapper().readTree(post(OF_REGION, wanted(rule)).body()).get("made").asInt())
        .isZero();
    JsonNode after = get("/api/v1/tasks?state=OPEN");
    assertThat(after.get("total").asInt()).isEqualTo(schools);
    assertThat(after.get("failing").findValuesAsText("rule")).doesNotContain(rule);
    assertThat(get("/api/v1/tasks?overdue=true").get("total").asInt()).isZero();
    assertThat(after.at("/summary/done").asInt()).isEqualTo(1);
    assertThat(after.at("/summary/closedOrOverdue").asInt()).isZero();
    assertThat(
            server
                .collector()
                .audit()
                .list(new AuditLog.Filter("technician", "task.make"), 0, 50)
                .total())
        .isEqualTo(1L + schools);
  }

  @Test
  @Order(6)
  void theTechnicianCancelsWithAReason() throws Exception {
    Page page = open("technician", "/tasks?lang=en&state=OPEN", 1440);
    Locator first = page.locator("task-entry").first();
    first.waitFor();
    picture(page, "tasks-1440-en");
    first.locator("button[data-act=cancel]").click();
    first.locator("textarea").fill("The school moves out");
    int open = get("/api/v1/tasks?state=OPEN").get("total").asInt();
    first.locator("button[type=submit]").click();
    assertThat(page.locator("task-entry form")).hasCount(0);
    page.navigate(server.base() + "/tasks?lang=en&state=CANCELLED");
    assertThat(page.locator("task-entry")).hasCount(1);
    page.locator("task-entry summary").click();
    assertThat(page.locator("task-entry .steps")).containsText("The school moves out");
    assertThat(get("/api/v1/tasks?state=OPEN").get("total").asInt()).isEqualTo(open - 1);
    assertThat(LocalDate.parse(get("/api/v1/tasks").at("/items/0/deadline").asText()))
        .isAfter(server.collector().tasks().today());
  }

  /** The order is made again from seed and codes alone. */
  @Test
  @Order(7)
  void aSampleIsDrawnAndWhatWasFoundEntered() throws Exception {
    Page page = open("bureau", "/samples?lang=en", 360);
    assertThat(page.locator("main")).containsText("No sample yet");
    page.locator("form.ask [name=seed]").fill("lot 7");
    page.locator("form.ask [name=count]").fill("2");
    page.locator("form.ask button[type=submit]").first().click();
    assertThat(page.locator(".sample")).containsText("2 drawn of");
    JsonNode drawn = get("/api/v1/samples").at("/items/0");
    List<String> codes = new ArrayList<>();
    drawn.get("schools").forEach(school -> codes.add(school.get("school").asText()));
    assertThat(codes)
        .isEqualTo(
            org.rollcall.collector.rectification.Draw.of(
                "lot 7",
                server.collector().registry().snapshot().schools("440307").stream()
                    .map(org.rollcall.collector.registry.School::code)
                    .toList(),
                2));
    page.locator(".sample details summary").first().click();
    page.locator(".sample details[open] select").selectOption("DIFFERS");
    page.locator(".sample details[open] textarea").fill("Two terminals are gone.");
    page.locator(".sample details[open] button").click();
    assertThat(page.locator(".sample")).containsText("1 of 1 differ");
    picture(page, "samples-360");
    assertThat((Boolean) page.evaluate("document.body.scrollWidth <= window.innerWidth")).isTrue();
    String found = "/api/v1/samples/" + drawn.get("id").asInt() + "/found";
    assertThat(post(found, Map.of("school", codes.get(1), "found", "DIFFERS")).status())
        .as("what differs needs a note")
        .isEqualTo(400);
    assertThat(post(found, Map.of("school", "none", "found", "AS_SHOWN")).status()).isEqualTo(404);
    Objects.requireNonNull(visit).close();
    open("school", "/", 360);
    assertThat(post("/api/v1/regions/440307/samples", Map.of("seed", "x", "count", 1)).status())
        .isIn(403, 404);
  }
}
