package org.rollcall.web.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.RequestOptions;
import java.io.IOException;
import java.nio.file.Path;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.collector.accounts.Role;
import org.rollcall.web.TestServer;

/** The self-check sheet of a real server: its call, its page in Debian's Chromium, its paper. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SelfCheckPagesIT {
  private static final String SCHOOL = TestServer.SCHOOLS.get(1);

  private TestServer server;
  private Visitors visitors;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    server = TestServer.start(folder, false);
    visitors = new Visitors(server, "400|401|403|409|ERR_");
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

  private static Locator row(Page page, String item) {
    return page.locator(".self-check-table tr[data-item='" + item + "']");
  }

  private APIResponse sheet(String who) {
    visitors.open(who, "/account", 1440, ColorScheme.LIGHT);
    return visitors.request().get(server.base() + CALL);
  }

  private static final String CALL = "/api/v1/schools/" + SCHOOL + "/self-check";

  private APIResponse write(String item, Map<String, ?> body) {
    return visitors
        .request()
        .patch(server.base() + CALL + "/" + item, RequestOptions.create().setData(body));
  }

  private static JsonNode item(JsonNode sheet, String name) {
    for (JsonNode item : sheet.get("items")) {
      if (item.get("item").asText().equals(name)) {
        return item;
      }
    }
    throw new AssertionError("The sheet has no item " + name);
  }

  @Test
  @Order(1)
  void theSheetSaysWhatIsAskedMeasuredAndDeclaredAndNothingIsZeroThatIsUnknown() throws Exception {
    JsonNode sheet = Visitors.json(sheet("school"));
    assertThat(sheet.get("items")).hasSize(14);
    assertThat(sheet.get("state").asText()).isEqualTo("DRAFT");
    assertThat(sheet.get("changed").isNull()).isTrue();
    assertThat(sheet.at("/head/teachersUpTo45").asInt()).isEqualTo(12);
    JsonNode network = item(sheet, "NETWORK");
    assertThat(network.at("/rules/0/rule").asText()).isEqualTo("XXT-A");
    assertThat(network.get("outcome").asText()).isEqualTo("NOT_MET");
    assertThat(network.at("/rules/0/samples").asInt()).isPositive();
    assertThat(item(sheet, "TEACHERS").at("/declared/0/value").asText()).isEqualTo("5/12");
    assertThat(item(sheet, "IT_COURSE").at("/declared/0/value").isNull()).isTrue();
    assertThat(item(sheet, "USE").get("outcome").isNull()).isTrue();
    assertThat(item(sheet, "USE").at("/measured/0/en").asText()).isNotEmpty();
    for (JsonNode item : sheet.get("items")) {
      assertThat(item.get("rules").size() + item.get("measured").size())
          .as(item.get("item").asText() + " says something of what is measured")
          .isPositive();
      for (JsonNode rule : item.get("rules")) {
        assertThat(rule.at("/because/zh").asText()).isNotEmpty();
      }
    }
  }

  @Test
  @Order(2)
  void whoMayWriteAndWhatIsRefused() throws Exception {
    assertThat(sheet("neighbour").status()).isEqualTo(404);
    assertThat(write("person", Map.of("person", "x")).status()).isEqualTo(404);
    assertThat(Visitors.json(sheet("bureau")).get("mayEdit").asBoolean()).isFalse();
    assertThat(write("person", Map.of("person", "x")).status()).isEqualTo(403);
    assertThat(sheet("school").status()).isEqualTo(200);
    assertThat(write("no-such-item", Map.of()).status()).isEqualTo(404);
    for (Map<String, ?> bad :
        List.of(
            Map.of("deadline", "soon"),
            Map.of("deadline", "0026-09-01"),
            Map.of("difference", "x".repeat(501)),
            Map.of("statement", "none is taken of it"),
            Map.of("declared", Map.of("it-course", "12/12")),
            Map.of("declared", Map.of("teachers-45-multimedia", "13/12")),
            Map.of("declared", "12/12"))) {
      APIResponse answer = write("teachers", bad);
      assertThat(answer.status()).as(bad.toString()).isEqualTo(400);
      assertThat(Visitors.json(answer).get("detailZh").asText()).endsWith("。");
    }
    assertThat(Visitors.json(sheet("school")).get("changed").isNull()).isTrue();
  }

  @Test
  @Order(3)
  void theSchoolWritesAndDeclaresAndTheJudgeHearsOfIt() throws Exception {
    Page page =
        visitors.open(
            "school", "/schools/" + SCHOOL + "/self-check?lang=en", 1440, ColorScheme.LIGHT);
    assertThat(row(page, "IT_COURSE").locator("[data-column=declared]"))
        .containsText("not declared");
    row(page, "IT_COURSE").locator("button").press("Enter");
    Locator form = page.locator("self-check-form");
    assertThat(form.locator("input").first()).isFocused();
    form.locator("[name='declared.it-course']").fill("13/12");
    form.locator("button").click();
    assertThat(form.locator("[role=alert]")).containsText("Write 12/12");
    form.locator("[name='declared.it-course']").fill("10/12");
    form.locator("[name=difference]").fill("Two periods fell out.");
    form.locator("[name=measures]").fill("They are given in spring.");
    form.locator("[name=person]").fill("Ms Li");
    form.locator("[name=deadline]").fill("2027-03-01");
    Visitors.picture(page, "self-check-writing");
    form.locator("button").click();
    assertThat(form).hasCount(0);
    Locator row = row(page, "IT_COURSE");
    assertThat(row.locator("[data-column=declared]")).containsText("10/12");
    assertThat(row.locator("[data-column=deadline]")).containsText("2027-03-01");
    page.reload();
    assertThat(row.locator("[data-column=difference]")).containsText("Two periods fell out.");
    assertThat(row.locator("[data-column=met]")).containsText("Not met");
    assertThat(
            server
                .collector()
                .audit()
                .list(
                    new org.rollcall.collector.audit.AuditLog.Filter("school", "self-check"), 0, 9)
                .entries())
        .singleElement()
        .satisfies(entry -> assertThat(entry.detail()).contains("10/12"));
  }

  @ParameterizedTest
  @Order(4)
  @CsvSource({
    "zh-CN, 1440, LIGHT, 标准要求",
    "en, 1440, DARK, Required",
    "en, 360, LIGHT, Required",
    "zh-CN, 360, DARK, 标准要求"
  })
  void fourteenRowsOnEveryScreen(String language, int width, ColorScheme scheme, String head) {
    Page page =
        visitors.open(
            "technician", "/schools/" + SCHOOL + "/self-check?lang=" + language, width, scheme);
    assertThat(page.locator(".self-check-table tr[data-item]")).hasCount(14);
    assertThat(page.locator(".self-check-table th").nth(2)).containsText(head);
    assertThat((Boolean) page.evaluate("document.body.scrollWidth <= window.innerWidth")).isTrue();
    Visitors.picture(page, "self-check-" + language + "-" + width + "-" + scheme);
  }

  @Test
  @Order(5)
  void itPrintsAcrossOnA4() throws Exception {
    Page page =
        visitors.open(
            "school", "/schools/" + SCHOOL + "/self-check?lang=zh-CN", 1440, ColorScheme.DARK);
    assertThat(page.locator(".self-check-table tr[data-item]")).hasCount(14);
    byte[] pdf =
        page.pdf(
            new Page.PdfOptions()
                .setPreferCSSPageSize(true)
                .setPath(Path.of("target", "self-check.pdf")));
    String text = new String(pdf, java.nio.charset.StandardCharsets.ISO_8859_1);
    java.util.regex.Matcher box =
        java.util.regex.Pattern.compile("/MediaBox \\[0 0 ([\\d.]+) ([\\d.]+)\\]").matcher(text);
    int pages = 0;
    while (box.find()) {
      pages++;
      assertThat(Double.parseDouble(box.group(1)))
          .as("wider than high")
          .isGreaterThan(Double.parseDouble(box.group(2)));
    }
    assertThat(pages).isBetween(1, 4);
  }

  @Test
  @Order(6)
  void thePublicIsAskedToSignIn() {
    Page page =
        visitors.open("", "/schools/" + SCHOOL + "/self-check?lang=en", 360, ColorScheme.LIGHT);
    assertThat(page.locator("main sign-in")).isVisible();
    assertThat(page.locator(".self-check-table")).hasCount(0);
  }

  private APIResponse step(int seen, String to, String reason) {
    Map<String, ?> body = Map.of("round", round(), "seen", seen, "to", to, "reason", reason);
    return visitors
        .request()
        .post(server.base() + CALL + "/steps", RequestOptions.create().setData(body));
  }

  /** As the server has it: today's. */
  private String round() {
    try {
      return Visitors.json(visitors.request().get(server.base() + CALL)).get("round").asText();
    } catch (IOException e) {
      throw new AssertionError("The sheet cannot be read", e);
    }
  }

  private static Locator way(Page page) {
    return page.locator("self-check-way");
  }

  @Test
  @Order(7)
  void theSchoolSubmitsAndTheBureauReturnsWithAReason() throws Exception {
    String path = "/schools/" + SCHOOL + "/self-check?lang=en";
    sheet("school");
    assertThat(step(0, "FILED", "").status()).as("no sheet skips its way").isEqualTo(409);
    sheet("bureau");
    assertThat(step(0, "SUBMITTED", "").status()).as("the school submits").isEqualTo(403);
    Page page = visitors.open("school", path, 1440, ColorScheme.LIGHT);
    way(page).locator("[data-to=SUBMITTED]").click();
    assertThat(way(page).locator("ol")).containsText("waits for the township");
    assertThat(page.locator(".self-check-table button")).hasCount(0);
    assertThat(way(page).locator("button")).hasCount(0);
    APIResponse late = write("it-course", Map.of("person", "x"));
    assertThat(late.status()).isEqualTo(409);
    assertThat(Visitors.json(late).get("detail").asText()).contains("Submitted", "school");
    Visitors.picture(page, "self-check-submitted-1440");
    Page office = visitors.open("bureau", path, 360, ColorScheme.LIGHT);
    way(office).locator("[data-to=RETURNED]").click();
    assertThat(way(office).locator("[role=alert]")).containsText("Say why");
    way(office).locator("[name=reason]").fill("Name the classes that missed lessons.");
    Visitors.picture(office, "self-check-review-360");
    way(office).locator("[data-to=RETURNED]").click();
    assertThat(way(office).locator("[role=status]")).containsText("Name the classes");
    assertThat((Boolean) office.evaluate("document.body.scrollWidth <= window.innerWidth"))
        .isTrue();
    Page again = visitors.open("school", path, 360, ColorScheme.DARK);
    assertThat(way(again).locator("[role=status]")).containsText("bureau: Name the classes");
    Visitors.picture(again, "self-check-returned-360");
  }

  @Test
  @Order(8)
  void whatWasSubmittedIsKeptToTheLetterAndWhoComesSecondIsToldSo() throws Exception {
    sheet("school");
    assertThat(write("person", Map.of("person", "Mr Wang")).status()).isEqualTo(200);
    assertThat(step(2, "SUBMITTED", "").status()).isEqualTo(204);
    theListShowsWhatWaitsForWhoeverAsks();
    sheet("technician");
    assertThat(step(1, "RETURNED", "seen long ago").status()).isEqualTo(409);
    assertThat(step(3, "TOWNSHIP_PASSED", "").status()).isEqualTo(204);
    assertThat(step(4, "COUNTY_PASSED", "").status()).isEqualTo(403);
    sheet("bureau");
    assertThat(step(3, "RETURNED", "too late").status()).isEqualTo(409);
    assertThat(step(4, "COUNTY_PASSED", "").status()).isEqualTo(204);
    assertThat(step(5, "RETURNED", "no way back").status()).isEqualTo(409);
    assertThat(step(5, "FILED", "").status()).isEqualTo(204);
    JsonNode filed = Visitors.json(visitors.request().get(server.base() + CALL));
    assertThat(filed.get("state").asText()).isEqualTo("FILED");
    assertThat(filed.get("kept").asBoolean()).isTrue();
    assertThat(filed.get("next")).isEmpty();
    assertThat(item(filed, "PERSON").at("/notes/person").asText()).isEqualTo("Mr Wang");
    JsonNode kept = Visitors.json(visitors.request().get(server.base() + CALL + "/content"));
    byte[] text = kept.get("content").asText().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    String hash =
        java.util.HexFormat.of()
            .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(text));
    assertThat(kept.get("sha256").asText()).isEqualTo(hash);
    assertThat(filed.at("/steps/2/sha256").asText()).isEqualTo(hash);
    sheet("school");
    assertThat(write("person", Map.of("person", "x")).status()).isEqualTo(409);
    sheet("neighbour");
    assertThat(visitors.request().get(server.base() + CALL + "/content").status()).isEqualTo(404);
  }

  private void theListShowsWhatWaitsForWhoeverAsks() throws Exception {
    String list = server.base() + "/api/v1/self-checks";
    sheet("school");
    JsonNode own = Visitors.json(visitors.request().get(list));
    assertThat(own.get("total").asInt()).isEqualTo(1);
    assertThat(own.get("waiting").asInt()).as("the next step is the township's").isZero();
    Page page = visitors.open("bureau", "/self-checks?lang=en", 360, ColorScheme.LIGHT);
    assertThat(page.locator("main table tbody tr").first()).containsText("Waits for you");
    assertThat(page.locator("main table tbody tr").first().locator("a"))
        .hasAttribute("href", "/schools/" + SCHOOL + "/self-check?lang=en");
    assertThat((Boolean) page.evaluate("document.body.scrollWidth <= window.innerWidth")).isTrue();
    Visitors.picture(page, "self-checks-360");
    JsonNode all = Visitors.json(visitors.request().get(list));
    assertThat(all.get("waiting").asInt()).isEqualTo(1);
    assertThat(all.at("/counts/SUBMITTED").asInt()).isEqualTo(1);
    JsonNode none = Visitors.json(visitors.request().get(list + "?state=FILED"));
    assertThat(none.get("total").asInt()).isZero();
    visitors.open("", "/", 360, ColorScheme.LIGHT);
    assertThat(visitors.request().get(list).status()).isEqualTo(401);
  }

  @Test
  @Order(9)
  void aFiledSheetSaysWhatItSaidWhateverIsDeclaredLater() throws Exception {
    JsonNode before = item(Visitors.json(sheet("bureau")), "TEACHERS");
    var value =
        new org.rollcall.collector.declared.DeclaredValue(
            SCHOOL,
            org.rollcall.collector.declared.DeclaredIndicator.TEACHERS_45_MULTIMEDIA,
            new org.rollcall.collector.declared.Amount.Pair(12, 12),
            server.collector().registry().today(),
            "",
            null);
    server.collector().declared().put(List.of(value));
    assertThat(item(Visitors.json(sheet("bureau")), "TEACHERS")).isEqualTo(before);
    assertThat(before.at("/declared/0/value").asText()).isEqualTo("5/12");
  }
}
