package org.rollcall.web.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.rollcall.collector.audit.AuditLog;
import org.rollcall.web.TestServer;

/** Tasks over a real server: its calls, and its pages in Debian's Chromium. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TasksPagesIT {
  private static final String SCHOOL = TestServer.SCHOOLS.get(1);
  private static final String RULE = "XXT-A";
  private static final String OF_SCHOOL = "/api/v1/schools/" + SCHOOL + "/tasks";
  private static final Locator.FilterOptions OF_LI = new Locator.FilterOptions().setHasText("Li");
  private static final String OF_REGION = "/api/v1/regions/440307/tasks";

  private TestServer server;
  private Visitors visitors;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    server = TestServer.start(folder, true);
    visitors = new Visitors(server, "400|401|403|ERR_");
    visitors.account("technician", Role.TECHNICIAN, "440307", null);
    visitors.account("bureau", Role.BUREAU, "440307", null);
    visitors.account("school", Role.SCHOOL, null, SCHOOL);
    visitors.account("neighbour", Role.SCHOOL, null, TestServer.SCHOOLS.get(0));
  }

  @AfterAll
  void stop() {
    visitors.close();
    server.close();
  }

  @AfterEach
  void nothingWentWrong() {
    visitors.leaveWithoutFaults();
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
    visitors.as("");
    assertThat(visitors.post(OF_SCHOOL, wanted(RULE)).status()).isEqualTo(401);
    for (String who : List.of("bureau", "school")) {
      visitors.as(who);
      assertThat(visitors.post(OF_SCHOOL, wanted(RULE)).status()).as(who).isEqualTo(403);
    }
    visitors.as("bureau");
    assertThat(visitors.post(OF_REGION, wanted(RULE)).status()).isEqualTo(403);
    visitors.as("neighbour");
    assertThat(visitors.post(OF_SCHOOL, wanted(RULE)).status()).isEqualTo(404);
    assertThat(server.collector().tasks().all()).isEmpty();
  }

  @Test
  @Order(2)
  void whatIsNotFailedOrHasNoRealDeadlineGetsNoTask() {
    visitors.as("technician");
    assertThat(visitors.post(OF_SCHOOL, wanted("NO-SUCH-RULE")).status()).isEqualTo(409);
    for (String day : List.of(inDays(-1), inDays(2000), "2026-02-31", "soon")) {
      assertThat(visitors.post(OF_SCHOOL, Map.of("rule", RULE, "deadline", day)).status())
          .as(day)
          .isEqualTo(400);
    }
    assertThat(server.collector().tasks().all()).isEmpty();
  }

  @Test
  @Order(3)
  void theTechnicianMakesATaskOnTheSchoolsPage() throws Exception {
    Page page = visitors.open("technician", "/schools/" + SCHOOL + "?lang=en", 1440);
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
    Visitors.picture(page, "tasks-school-en");
    JsonNode task = visitors.get(OF_SCHOOL).at("/items/0");
    assertThat(task.get("threshold").asDouble()).isPositive();
    assertThat(task.get("person").asText()).isEqualTo("Li");
    assertThat(visitors.post(OF_SCHOOL, wanted(RULE)).status()).isEqualTo(409);
  }

  @Test
  @Order(4)
  void theDeadlineIsMovedWithAReasonAndTheFirstOneStaysInSight() throws Exception {
    long id = server.collector().tasks().of(SCHOOL).get(0).id();
    String call = "/api/v1/tasks/" + id + "/plan";
    visitors.as("school");
    Map<String, String> later = Map.of("deadline", inDays(60), "reason", "x");
    assertThat(visitors.post(call, later).status()).isEqualTo(403);
    visitors.as("technician");
    assertThat(visitors.post(call, Map.of("deadline", inDays(60))).status()).isEqualTo(400);
    Map<String, String> same =
        Map.of(
            "person", "Li",
            "measure", "Order more bandwidth",
            "deadline", inDays(30),
            "reason", "x");
    assertThat(visitors.post(call, same).status()).as("nothing would change").isEqualTo(400);
    Page page = visitors.open("technician", "/tasks?lang=en&state=OPEN", 360, ColorScheme.DARK);
    Locator entry = page.locator("task-entry").filter(OF_LI);
    entry.locator("button[data-act=plan]").click();
    assertThat(entry.locator("input[name=person]")).hasValue("Li");
    assertThat(entry.locator("input[name=person]")).isFocused();
    entry.locator("input[name=deadline]").fill(inDays(60));
    entry.locator("textarea[name=reason]").fill("The ISP is late");
    Visitors.picture(page, "tasks-change-360-en");
    assertThat(page.evaluate("document.documentElement.scrollWidth <= 360")).isEqualTo(true);
    entry.locator("form button[type=submit]").click();
    assertThat(entry.locator(".facts")).containsText(inDays(60) + " (at first " + inDays(30) + ")");
    entry.locator("summary").click();
    assertThat(entry.locator(".steps")).containsText("The ISP is late");
    JsonNode task = visitors.get(OF_SCHOOL).at("/items/0");
    assertThat(task.get("measure").asText()).isEqualTo("Order more bandwidth");
    assertThat(task.get("firstDeadline").asText()).isEqualTo(inDays(30));
  }

  @Test
  @Order(5)
  void theSchoolSaysThatItIsMendedAndNobodyElseOfItsKindSeesIt() throws Exception {
    visitors.as("neighbour");
    long id = server.collector().tasks().of(SCHOOL).get(0).id();
    assertThat(visitors.get("/api/v1/tasks").get("total").asInt()).isZero();
    assertThat(visitors.post("/api/v1/tasks/" + id + "/done", Map.of()).status()).isEqualTo(404);
    visitors.as("bureau");
    assertThat(visitors.post("/api/v1/tasks/" + id + "/done", Map.of()).status()).isEqualTo(403);
    Page page = visitors.open("school", "/tasks?lang=zh-CN", 360);
    Locator entry = page.locator("task-entry");
    entry.locator("button[data-act=done]").click();
    entry.locator("textarea").fill("已换光纤");
    entry.locator("button[type=submit]").click();
    assertThat(entry.locator(".request-state")).hasText("已整改待复测");
    assertThat(entry.locator("button[data-act=cancel]")).hasCount(0);
    Visitors.picture(page, "tasks-360-zh");
    assertThat(page.evaluate("document.documentElement.scrollWidth <= 360")).isEqualTo(true);
    assertThat(visitors.post("/api/v1/tasks/" + id + "/done", Map.of()).status()).isEqualTo(409);
    assertThat(visitors.post("/api/v1/tasks/" + id + "/cancel", Map.of("reason", "x")).status())
        .isEqualTo(403);
  }

  @Test
  @Order(6)
  void aRegionsFailuresBecomeTasksAtOnceAndNoneTwice() throws Exception {
    visitors.as("technician");
    JsonNode failing = visitors.get("/api/v1/tasks?region=440307").get("failing");
    assertThat(failing.size()).isPositive();
    String rule = failing.at("/0/rule").asText();
    int schools = failing.at("/0/schools").asInt();
    assertThat(
            new ObjectMapper()
                .readTree(visitors.post(OF_REGION, wanted(rule)).body())
                .get("made")
                .asInt())
        .isEqualTo(schools);
    assertThat(
            new ObjectMapper()
                .readTree(visitors.post(OF_REGION, wanted(rule)).body())
                .get("made")
                .asInt())
        .isZero();
    JsonNode after = visitors.get("/api/v1/tasks?state=OPEN");
    assertThat(after.get("total").asInt()).isEqualTo(schools);
    assertThat(after.get("failing").findValuesAsText("rule")).doesNotContain(rule);
    assertThat(visitors.get("/api/v1/tasks?overdue=true").get("total").asInt()).isZero();
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
  @Order(7)
  void theTechnicianCancelsWithAReason() throws Exception {
    Page page = visitors.open("technician", "/tasks?lang=en&state=OPEN", 1440);
    Locator first = page.locator("task-entry").first();
    first.waitFor();
    Visitors.picture(page, "tasks-1440-en");
    first.locator("button[data-act=cancel]").click();
    first.locator("textarea").fill("The school moves out");
    int open = visitors.get("/api/v1/tasks?state=OPEN").get("total").asInt();
    first.locator("button[type=submit]").click();
    assertThat(page.locator("task-entry form")).hasCount(0);
    page.navigate(server.base() + "/tasks?lang=en&state=CANCELLED");
    assertThat(page.locator("task-entry")).hasCount(1);
    page.locator("task-entry summary").click();
    assertThat(page.locator("task-entry .steps")).containsText("The school moves out");
    assertThat(visitors.get("/api/v1/tasks?state=OPEN").get("total").asInt()).isEqualTo(open - 1);
    assertThat(LocalDate.parse(visitors.get("/api/v1/tasks").at("/items/0/deadline").asText()))
        .isAfter(server.collector().tasks().today());
  }

  /** The order is made again from seed and codes alone. */
  @Test
  @Order(8)
  void aSampleIsDrawnAndWhatWasFoundEntered() throws Exception {
    Page page = visitors.open("bureau", "/samples?lang=en", 360);
    assertThat(page.locator("main")).containsText("No sample yet");
    page.locator("form.ask [name=seed]").fill("lot 7");
    page.locator("form.ask [name=count]").fill("2");
    page.locator("form.ask button[type=submit]").first().click();
    assertThat(page.locator(".sample")).containsText("2 drawn of");
    JsonNode drawn = visitors.get("/api/v1/samples").at("/items/0");
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
    Visitors.picture(page, "samples-360");
    assertThat((Boolean) page.evaluate("document.body.scrollWidth <= window.innerWidth")).isTrue();
    String found = "/api/v1/samples/" + drawn.get("id").asInt() + "/found";
    assertThat(visitors.post(found, Map.of("school", codes.get(1), "found", "DIFFERS")).status())
        .as("what differs needs a note")
        .isEqualTo(400);
    assertThat(visitors.post(found, Map.of("school", "none", "found", "AS_SHOWN")).status())
        .isEqualTo(404);
    visitors.open("school", "/", 360);
    assertThat(
            visitors
                .post("/api/v1/regions/440307/samples", Map.of("seed", "x", "count", 1))
                .status())
        .isIn(403, 404);
  }
}
