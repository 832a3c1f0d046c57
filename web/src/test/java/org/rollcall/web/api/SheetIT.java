package org.rollcall.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.collector.accounts.NewAccount;
import org.rollcall.collector.accounts.Role;
import org.rollcall.collector.audit.Actor;
import org.rollcall.collector.registry.Crs;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.School;
import org.rollcall.web.TestServer;

/** What the sheets of a real server say; that they fit openapi.yaml is ApiIT's. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SheetIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REGION = "/api/v1/regions/440307/sheet";
  private static final List<String> SCHOOLS = TestServer.SCHOOLS;

  private final HttpClient http = HttpClient.newHttpClient();
  private TestServer server;
  private String bureau;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    server = TestServer.start(folder, false);
    server
        .collector()
        .accounts()
        .add(
            Actor.console(),
            new NewAccount("bureau", "correct-Horse-7", Role.BUREAU, "440307", null));
    bureau = signIn("bureau");
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private HttpResponse<byte[]> get(String path, String cookie) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.base().resolve(path));
    request.header("Cookie", cookie);
    return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private JsonNode read(String path) throws Exception {
    HttpResponse<byte[]> answer = get(path, bureau);
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private String signIn(String name) throws Exception {
    String body = "{\"username\":\"" + name + "\",\"password\":\"correct-Horse-7\"}";
    HttpResponse<Void> answer =
        http.send(
            HttpRequest.newBuilder(server.base().resolve("/api/v1/session"))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.discarding());
    assertThat(answer.statusCode()).isEqualTo(200);
    String cookie = answer.headers().firstValue("set-cookie").orElseThrow();
    return cookie.substring(0, cookie.indexOf(';'));
  }

  private static List<String> marks(JsonNode cells) {
    return cells.findValuesAsText("mark");
  }

  @Test
  void aSchoolWhoseAgentCameLateHasNoDataBeforeAndComesFirst() throws Exception {
    JsonNode sheet = read(REGION);
    assertThat(sheet.get("total").asInt()).isEqualTo(6);
    assertThat(sheet.get("whole").asBoolean()).isTrue();
    assertThat(sheet.get("columns")).hasSize(20);
    List<String> order = sheet.get("items").findValuesAsText("code");
    assertThat(order.subList(0, 2)).containsExactly(SCHOOLS.get(2), SCHOOLS.get(5));
    assertThat(marks(sheet.at("/items/0/cells")).subList(0, 17)).containsOnly("NO_DATA");
    for (JsonNode school : sheet.get("items")) {
      boolean late = List.of(SCHOOLS.get(2), SCHOOLS.get(5)).contains(school.get("code").asText());
      // The newest column may be a day whose lessons have not begun.
      assertThat(marks(school.get("cells")).subList(6, 17))
          .as(school.get("code").asText())
          .doesNotContain(late ? "PRESENT" : "NO_DATA");
    }
  }

  @Test
  void everyCellsMinutesAddUpItHasAReasonAndTheColumnsCountTheRows() throws Exception {
    JsonNode sheet = read(REGION);
    JsonNode reasons = sheet.get("reasons");
    for (int i = 0; i < sheet.get("columns").size(); i++) {
      int called = 0;
      int present = 0;
      for (JsonNode school : sheet.get("items")) {
        JsonNode cell = school.get("cells").get(i);
        assertThat(cell.get("lessonMinutes").asInt())
            .isEqualTo(
                cell.get("up").asInt()
                    + cell.get("down").asInt()
                    + cell.get("unknown").asInt()
                    + cell.get("planned").asInt());
        assertThat(reasons.has(cell.at("/because/0").asInt())).isTrue();
        called += cell.get("mark").asText().equals("NO_SCHOOL") ? 0 : 1;
        present += cell.get("mark").asText().equals("PRESENT") ? 1 : 0;
      }
      JsonNode roll = sheet.get("columns").get(i).get("roll");
      assertThat(roll.get("called").asInt()).isEqualTo(called);
      assertThat(roll.get("present").asInt()).isEqualTo(present);
    }
  }

  @Test
  void pagesAreBoundedAndMakeUpTheWholeAndAFilterCountsWhatItLeaves() throws Exception {
    List<String> whole = read(REGION + "?sort=NAME").get("items").findValuesAsText("code");
    List<String> paged = new ArrayList<>();
    for (int page = 0; page < 4; page++) {
      JsonNode part = read(REGION + "?sort=NAME&size=2&page=" + page);
      assertThat(part.get("total").asInt()).isEqualTo(6);
      assertThat(part.get("items")).hasSize(page < 3 ? 2 : 0);
      assertThat(part.at("/columns/5/roll/called").asInt()).isEqualTo(6);
      paged.addAll(part.get("items").findValuesAsText("code"));
    }
    assertThat(paged).isEqualTo(whole).hasSize(6);
    assertThat(read(REGION + "?page=1000000").get("items")).isEmpty();
    JsonNode one = read(REGION + "?q=" + SCHOOLS.get(1));
    assertThat(one.get("total").asInt()).isEqualTo(1);
    Set<String> gaps =
        new HashSet<>(read(REGION + "?gaps=true").get("items").findValuesAsText("code"));
    assertThat(gaps).contains(SCHOOLS.get(2), SCHOOLS.get(5));
  }

  @Test
  void aSheetOfAPastDateEndsWithIt() throws Exception {
    JsonNode columns = read(REGION).get("columns");
    String date = columns.get(10).get("date").asText();
    JsonNode past = read(REGION + "?days=5&at=" + date);
    assertThat(past.get("columns").findValuesAsText("date"))
        .hasSize(5)
        .endsWith(date)
        .isEqualTo(columns.findValuesAsText("date").subList(6, 11));
  }

  @Test
  void aSchoolsSheetHasItsLineItsClassesAndTheSeatsOfItsRooms() throws Exception {
    JsonNode met = read("/api/v1/schools/" + SCHOOLS.get(0) + "/sheet?days=10");
    assertThat(met.get("line")).hasSize(10);
    assertThat(met.at("/classes/0/rows").findValuesAsText("name"))
        .containsExactly("一年级1班", "一年级2班");
    assertThat(marks(met.at("/classes/0/rows/0/cells")).subList(0, 8)).containsOnly("PRESENT");
    assertThat(met.at("/rooms/0/room").asText()).isEqualTo("计算机室1");
    assertThat(marks(met.at("/rooms/0/rows/0/cells")).subList(0, 8)).containsOnly("PRESENT");
    JsonNode notMet = read("/api/v1/schools/" + SCHOOLS.get(1) + "/sheet?days=10");
    assertThat(marks(notMet.at("/classes/0/rows/0/cells")).subList(0, 8))
        .as("its terminals are declared and never answer")
        .containsOnly("DISPUTED");
    JsonNode unknown = read("/api/v1/schools/" + SCHOOLS.get(2) + "/sheet?days=10");
    assertThat(marks(unknown.at("/classes/0/rows/0/cells")))
        .doesNotContain("ABSENT", "PRESENT", "DISPUTED");
  }

  @Test
  void theFileHoldsWordsForMarksInItsLanguage() throws Exception {
    HttpResponse<byte[]> file = get(REGION + "?format=csv&days=3", bureau);
    assertThat(file.headers().firstValue("content-type")).hasValue("text/csv; charset=utf-8");
    assertThat(file.headers().firstValue("content-disposition").orElse(""))
        .matches("attachment; filename=\"sheet-440307-[0-9-]+\\.csv\"");
    assertThat(file.body()).startsWith(0xEF, 0xBB, 0xBF);
    String text = new String(file.body(), StandardCharsets.UTF_8);
    assertThat(text.lines().toList()).hasSize(7);
    assertThat(text).contains("学校标识码,学校,镇街", "无数据", "致远中心小学").doesNotContain("✔");
    String school = "/api/v1/schools/" + SCHOOLS.get(1) + "/sheet?format=CSV&lang=en&days=10";
    String english = new String(get(school, bureau).body(), StandardCharsets.UTF_8);
    assertThat(english).contains("Disputed", "Line", "Classes", "计算机室1,r1-01");
  }

  @Test
  void ofMoreSchoolsThanCanBeSortedThePageAloneIsWorkedOut() throws Exception {
    server
        .collector()
        .accounts()
        .add(
            Actor.console(),
            new NewAccount("all", "correct-Horse-7", Role.ADMINISTRATOR, null, null));
    List<School> many = new ArrayList<>();
    for (int i = 0; i < 501; i++) {
      many.add(school("31%08d".formatted(i), "学校%03d".formatted(i)));
    }
    server
        .collector()
        .registry()
        .change(
            change -> {
              change.putRegions(
                  List.of(new Region("310101", "黄浦区", "", Region.Level.COUNTY, null)));
              return change.putSchools(many, Crs.WGS84);
            });
    String all = signIn("all");
    String path = "/api/v1/regions/310101/sheet";
    JsonNode sheet = JSON.readTree(get(path + "?size=10&page=2", all).body());
    assertThat(sheet.get("whole").asBoolean()).isFalse();
    assertThat(sheet.get("sort").asText()).isEqualTo("NAME");
    assertThat(sheet.get("total").asInt()).isEqualTo(501);
    assertThat(sheet.get("items").findValuesAsText("name")).hasSize(10).startsWith("学校020");
    assertThat(sheet.at("/columns/3/roll/called").asInt()).isEqualTo(10);
    for (String refused : List.of("?sort=WORST", "?gaps=true")) {
      HttpResponse<byte[]> answer = get(path + refused, all);
      assertThat(answer.statusCode()).as(refused).isEqualTo(400);
      assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("500");
    }
    JsonNode narrower = JSON.readTree(get(path + "?gaps=true&q=31000001", all).body());
    assertThat(narrower.get("whole").asBoolean()).isTrue();
    assertThat(narrower.get("total").asInt()).isEqualTo(100);
  }

  private static School school(String code, String name) {
    return new School(
        code,
        name,
        "",
        "310101",
        School.Stage.PRIMARY,
        School.Tier.B,
        School.Ownership.PUBLIC,
        School.Setting.URBAN,
        100,
        10,
        2,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  @Test
  void whatIsOutOfScopeLooksAsIfItWereNotThere() throws Exception {
    server
        .collector()
        .accounts()
        .add(
            Actor.console(),
            new NewAccount("one", "correct-Horse-7", Role.SCHOOL, null, SCHOOLS.get(0)));
    String school = signIn("one");
    String own = "/api/v1/schools/" + SCHOOLS.get(0) + "/sheet";
    assertThat(get(own, school).statusCode()).isEqualTo(200);
    HttpResponse<byte[]> other = get("/api/v1/schools/" + SCHOOLS.get(1) + "/sheet", school);
    HttpResponse<byte[]> nobody = get("/api/v1/schools/9999999999/sheet", school);
    assertThat(other.statusCode()).isEqualTo(nobody.statusCode()).isEqualTo(404);
    assertThat(new String(other.body(), StandardCharsets.UTF_8).replace(SCHOOLS.get(1), "X"))
        .isEqualTo(new String(nobody.body(), StandardCharsets.UTF_8).replace("9999999999", "X"));
    HttpResponse<byte[]> region = get("/api/v1/regions/440307001/sheet", school);
    assertThat(region.statusCode()).isEqualTo(200);
    JsonNode alone = JSON.readTree(region.body());
    assertThat(alone.get("items").findValuesAsText("code")).containsExactly(SCHOOLS.get(0));
    assertThat(alone.at("/columns/5/roll/called").asInt()).as("no count tells of others").isOne();
    assertThat(get(REGION, "x=y").statusCode()).isEqualTo(401);
  }
}
