package org.rollcall.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.collector.accounts.NewAccount;
import org.rollcall.collector.accounts.Role;
import org.rollcall.collector.audit.Actor;
import org.rollcall.protocol.v1.Sighting;
import org.rollcall.web.TestServer;

/** Every call's answer against the schemas of openapi.yaml, on a real server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MET = TestServer.SCHOOLS.get(0);

  private final HttpClient http = HttpClient.newHttpClient();
  private TestServer open;
  private TestServer closed;
  private JsonNode contract;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    open = TestServer.start(Files.createDirectory(folder.resolve("open")), true);
    closed = TestServer.start(Files.createDirectory(folder.resolve("closed")), false);
    contract = new YAMLMapper().readTree(get(open, "/openapi.yaml").body());
  }

  @AfterAll
  void stop() {
    open.close();
    closed.close();
  }

  private HttpResponse<String> get(TestServer server, String path, String... headers)
      throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.base().resolve(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** The answer to a path must fit what the contract says of its template, status and type. */
  private JsonNode checked(HttpResponse<String> answer, String template) throws Exception {
    JsonNode responses = contract.at("/paths").path(template).path("get").path("responses");
    JsonNode response = responses.path(String.valueOf(answer.statusCode()));
    if (response.has("$ref")) {
      response = contract.at(response.get("$ref").asText().substring(1));
    }
    String type = answer.headers().firstValue("content-type").orElse("");
    JsonNode schema = response.path("content").path(type).path("schema");
    assertThat(schema.isMissingNode())
        .as(template + " answered " + answer.statusCode() + " as " + type)
        .isFalse();
    ObjectNode whole = JSON.createObjectNode();
    whole.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    whole.set("components", contract.get("components"));
    whole.set("allOf", JSON.createArrayNode().add(schema));
    Schema checker =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(whole.toString(), InputFormat.JSON);
    assertThat(checker.validate(answer.body(), InputFormat.JSON)).as(template).isEmpty();
    return JSON.readTree(answer.body());
  }

  @ParameterizedTest
  @CsvSource({
    "/healthz, /healthz",
    "/readyz, /readyz",
    "/api/v1/context, /api/v1/context",
    "/api/v1/profiles, /api/v1/profiles",
    "/api/v1/regions, /api/v1/regions",
    "/api/v1/regions/440307/summary, '/api/v1/regions/{code}/summary'",
    "/api/v1/regions/440307001/summary?profile=GD-2010-18, '/api/v1/regions/{code}/summary'",
    "/api/v1/regions/440307/summary?profile=GD-LONGGANG-2011, '/api/v1/regions/{code}/summary'",
    "/api/v1/regions/440307/summary?profile=LOCAL-TEMPLATE, '/api/v1/regions/{code}/summary'",
    "/api/v1/regions/440307/balance, '/api/v1/regions/{code}/balance'",
    "/api/v1/regions/440307001/balance?profile=MOE-2017-6-L7, '/api/v1/regions/{code}/balance'",
    "/api/v1/regions/440307/balance?profile=LOCAL-TEMPLATE, '/api/v1/regions/{code}/balance'",
    "/api/v1/regions/440307/sheet, '/api/v1/regions/{code}/sheet'",
    "/api/v1/regions/440307001/sheet?profile=GD-LONGGANG-2011&days=3&size=2&page=1&sort=name,"
        + " '/api/v1/regions/{code}/sheet'",
    "/api/v1/regions/440307/sheet?q=nobody&gaps=true, '/api/v1/regions/{code}/sheet'",
    "/api/v1/schools/2144000011/sheet, '/api/v1/schools/{code}/sheet'",
    "/api/v1/schools/2144000012/sheet?days=60, '/api/v1/schools/{code}/sheet'",
    "/api/v1/schools/2144000013/sheet?days=1, '/api/v1/schools/{code}/sheet'",
    "/api/v1/regions/440307/timeline, '/api/v1/regions/{code}/timeline'",
    "/api/v1/regions/440307001/timeline?rule=XXT&steps=5, '/api/v1/regions/{code}/timeline'",
    "/api/v1/regions/440307/timeline?profile=MOE-2017-6-L7&from=2026-01-01&to=2026-01-09,"
        + " '/api/v1/regions/{code}/timeline'",
    "/api/v1/schools, /api/v1/schools",
    "/api/v1/schools?region=440307&tier=A&verdict=MET&rule=XXT&q=%E6%98%8E, /api/v1/schools",
    "/api/v1/schools/2144000011, '/api/v1/schools/{code}'",
    "/api/v1/schools/2144000013, '/api/v1/schools/{code}'",
    "/api/v1/schools/2144000011/verdicts, '/api/v1/schools/{code}/verdicts'",
    "/api/v1/schools/2144000022/verdicts, '/api/v1/schools/{code}/verdicts'",
    "/api/v1/schools/2144000013/verdicts?profile=GD-LONGGANG-2011,"
        + " '/api/v1/schools/{code}/verdicts'",
    "/api/v1/schools/2144000011/verdicts?profile=MOE-2017-6-L7, '/api/v1/schools/{code}/verdicts'",
    "/api/v1/schools/2144000012/verdicts?profile=LOCAL-TEMPLATE, '/api/v1/schools/{code}/verdicts'",
    "/api/v1/schools?rule=JS45&verdict=NOT_MET, /api/v1/schools",
    "/api/v1/map?rule=JS45&profile=GD-LONGGANG-2011, /api/v1/map",
    "/api/v1/schools/2144000011/series?subject=link:wan&measure=inBitsPerSecond,"
        + " '/api/v1/schools/{code}/series'",
    "/api/v1/schools/2144000011/partners, '/api/v1/schools/{code}/partners'",
    "/api/v1/schools/2144000012/partners, '/api/v1/schools/{code}/partners'",
    "/api/v1/schools/2144000011/power-on, '/api/v1/schools/{code}/power-on'",
    "/api/v1/schools/2144000013/power-on?from=2026-01-01&to=2026-01-02,"
        + " '/api/v1/schools/{code}/power-on'",
    "/api/v1/map, /api/v1/map",
    "/api/v1/map?rule=BBT-A&region=440307001, /api/v1/map"
  })
  void everyAnswerFitsTheContract(String path, String template) throws Exception {
    HttpResponse<String> answer = get(open, path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    checked(answer, template);
  }

  @Test
  void bothTargetsShowMetNotMetAndUnknownSchoolsInBothTiers() throws Exception {
    JsonNode summary = JSON.readTree(get(open, "/api/v1/regions/440307/summary").body());
    List<JsonNode> headline = new ArrayList<>();
    for (JsonNode rule : summary.get("rules")) {
      if (List.of("XXT", "BBT").contains(rule.get("target").asText())) {
        headline.add(rule);
      }
    }
    assertThat(headline).hasSize(4);
    for (JsonNode rule : headline) {
      assertThat(rule.get("met").asInt()).as(rule.toString()).isEqualTo(1);
      assertThat(rule.get("notMet").asInt()).as(rule.toString()).isEqualTo(1);
      assertThat(rule.get("insufficient").asInt()).as(rule.toString()).isEqualTo(1);
      assertThat(rule.get("rateLow").asDouble()).isEqualTo(1.0 / 3);
      assertThat(rule.get("rateHigh").asDouble()).isEqualTo(2.0 / 3);
    }
  }

  @Test
  void aSchoolHasAVerdictOfEveryKindTheHeadlineTargetsFirst() throws Exception {
    String template = "/api/v1/schools/{code}/verdicts";
    JsonNode verdicts = checked(get(open, "/api/v1/schools/2144000012/verdicts"), template);
    Set<String> outcomes = new TreeSet<>();
    verdicts.forEach(verdict -> outcomes.add(verdict.get("verdict").asText()));
    JsonNode met = checked(get(open, "/api/v1/schools/" + MET + "/verdicts"), template);
    met.forEach(verdict -> outcomes.add(verdict.get("verdict").asText()));
    assertThat(outcomes)
        .containsExactlyInAnyOrder(
            "MET", "NOT_MET", "INSUFFICIENT_DATA", "NOT_APPLICABLE", "NO_RULE");
    List<String> order = verdicts.findValuesAsText("rule");
    assertThat(order).startsWith("XXT-A", "XXT-B", "BBT-A", "BBT-B", "GFH").contains("KH");
    List<Boolean> headline = new ArrayList<>();
    verdicts.forEach(verdict -> headline.add(verdict.get("headline").asBoolean()));
    assertThat(headline).isSortedAccordingTo(Comparator.reverseOrder()).contains(true, false);
    assertThat(of(verdicts, "SYXX").get("level").asText()).isEqualTo("COUNTY");
    assertThat(of(verdicts, "JS45").get("level").asText()).isEqualTo("SCHOOL");
  }

  @Test
  void aLinkVerdictShowsItsPartsAndAClassVerdictWhatIsMissing() throws Exception {
    String path = "/api/v1/schools/2144000012/verdicts";
    JsonNode verdicts = checked(get(open, path), "/api/v1/schools/{code}/verdicts");
    JsonNode parts = of(verdicts, "XXT-A").get("parts");
    assertThat(parts.findValuesAsText("part"))
        .containsExactlyInAnyOrder("MEDIUM", "BANDWIDTH", "NETWORK");
    for (JsonNode part : parts) {
      boolean bandwidth = part.get("part").asText().equals("BANDWIDTH");
      assertThat(part.get("state").asText()).isEqualTo(bandwidth ? "FAILS" : "HOLDS");
    }
    assertThat(of(verdicts, "BBT-A").get("missing")).hasSize(2);
  }

  private static JsonNode of(JsonNode verdicts, String rule) {
    for (JsonNode verdict : verdicts) {
      if (verdict.get("rule").asText().equals(rule)) {
        return verdict;
      }
    }
    throw new AssertionError("There is no verdict by " + rule);
  }

  @Test
  void aRuleSaysWhetherItIsHeadlineWhereItComesFromAndWhyItIsTighter() throws Exception {
    JsonNode profiles = checked(get(open, "/api/v1/profiles"), "/api/v1/profiles");
    assertThat(profiles.findValuesAsText("active")).containsOnlyOnce("true").startsWith("true");
    for (JsonNode profile : profiles) {
      for (JsonNode rule : profile.get("rules")) {
        String id = rule.get("id").asText();
        if (profile.get("id").asText().startsWith("GD-")) {
          assertThat(rule.get("headline").asBoolean()).as(id).isEqualTo(id.matches("(XXT|BBT)-."));
        }
        if (profile.get("id").asText().equals("GD-LONGGANG-2011") && id.equals("SYXX")) {
          assertThat(rule.at("/tightened/schoolsPercent").asInt()).isEqualTo(10);
          assertThat(rule.get("schoolsPercent").asInt()).isEqualTo(15);
          assertThat(rule.at("/tightened/reason").asText()).contains("15%");
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/regions/440307/summary, '/api/v1/regions/{code}/summary'",
    "/api/v1/regions/440307/balance, '/api/v1/regions/{code}/balance'",
    "/api/v1/regions/440307/sheet, '/api/v1/regions/{code}/sheet'",
    "/api/v1/schools/2144000012/sheet, '/api/v1/schools/{code}/sheet'",
    "/api/v1/schools, /api/v1/schools",
    "/api/v1/map, /api/v1/map",
    "/api/v1/schools/2144000012/verdicts, '/api/v1/schools/{code}/verdicts'"
  })
  void aPastDayAndAnotherProfileAreAnsweredAFutureDayAndAnUnknownProfileRefused(
      String path, String template) throws Exception {
    JsonNode context = JSON.readTree(get(open, "/api/v1/context").body());
    LocalDate newest = LocalDate.parse(context.get("asOf").asText());
    String past = path + "?profile=GD-LONGGANG-2011&at=" + newest.minusDays(1);
    HttpResponse<String> answer = get(open, past);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    checked(answer, template);
    HttpResponse<String> future = get(open, path + "?at=" + newest.plusDays(1));
    assertThat(future.statusCode()).isEqualTo(400);
    assertThat(checked(future, template).get("detail").asText()).contains(newest.toString());
    HttpResponse<String> unknown = get(open, path + "?profile=NOBODYS-1");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(checked(unknown, template).get("detail").asText()).contains("NOBODYS-1");
  }

  @Test
  void aListByARuleThatIsNoHeadlineTargetShowsItsReason() throws Exception {
    JsonNode list = JSON.readTree(get(open, "/api/v1/schools?rule=JS45&verdict=NOT_MET").body());
    assertThat(list.get("total").asInt()).isEqualTo(2);
    JsonNode school = list.at("/items/0");
    assertThat(school.at("/verdicts/JS45").asText()).isEqualTo("NOT_MET");
    assertThat(school.get("reasons").findValuesAsText("rule")).contains("JS45");
    JsonNode calm = JSON.readTree(get(open, "/api/v1/schools").body()).at("/items/0");
    assertThat(calm.get("verdicts").has("JS45")).isFalse();
  }

  @Test
  void aSeriesHasAPointForEveryStepAndNullsWhereNothingWasSeen() throws Exception {
    String path =
        "/api/v1/schools/"
            + MET
            + "/series?subject=link:wan&measure=inBitsPerSecond&step=3600"
            + "&from=2020-01-01T00:00:00%2B08:00&to=2020-01-02T00:00:00%2B08:00";
    JsonNode series = checked(get(open, path), "/api/v1/schools/{code}/series");
    assertThat(series.get("points")).hasSize(24);
    for (JsonNode point : series.get("points")) {
      assertThat(point.get("count").asInt()).isZero();
      assertThat(point.get("mean").isNull()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/regions/999999/summary, '/api/v1/regions/{code}/summary', 404",
    "/api/v1/schools/9999999999, '/api/v1/schools/{code}', 404",
    "/api/v1/regions/999999/sheet, '/api/v1/regions/{code}/sheet', 404",
    "/api/v1/regions/440307/sheet?page=-1, '/api/v1/regions/{code}/sheet', 400",
    "/api/v1/regions/440307/sheet?size=0, '/api/v1/regions/{code}/sheet', 400",
    "/api/v1/regions/440307/sheet?size=501, '/api/v1/regions/{code}/sheet', 400",
    "/api/v1/regions/440307/sheet?days=61, '/api/v1/regions/{code}/sheet', 400",
    "/api/v1/regions/440307/sheet?sort=CODE, '/api/v1/regions/{code}/sheet', 400",
    "/api/v1/regions/440307/sheet?format=PDF, '/api/v1/regions/{code}/sheet', 400",
    "/api/v1/schools/9999999999/sheet, '/api/v1/schools/{code}/sheet', 404",
    "/api/v1/schools/2144000011/sheet?days=0, '/api/v1/schools/{code}/sheet', 400",
    "/api/v1/schools?page=-1, /api/v1/schools, 400",
    "/api/v1/schools?size=501, /api/v1/schools, 400",
    "/api/v1/schools?verdict=GOOD, /api/v1/schools, 400",
    "/api/v1/schools/2144000011/series?subject=wan&measure=x, '/api/v1/schools/{code}/series', 400",
    "/api/v1/schools/9999999999/partners, '/api/v1/schools/{code}/partners', 404",
    "/api/v1/schools/9999999999/power-on, '/api/v1/schools/{code}/power-on', 404",
    "/api/v1/schools/2144000011/power-on?from=2026-01-02&to=2026-01-01,"
        + " '/api/v1/schools/{code}/power-on', 400",
    "/api/v1/schools/2144000011/power-on?from=2026-01-01&to=2026-04-03,"
        + " '/api/v1/schools/{code}/power-on', 400",
    "/api/v1/schools/2144000011/power-on?to=yesterday," + " '/api/v1/schools/{code}/power-on', 400",
    "/api/v1/schools/2144000011/series?subject=link:wan&measure=x&step=1,"
        + " '/api/v1/schools/{code}/series', 400"
  })
  void whatIsWrongIsSaidInBothLanguages(String path, String template, int status) throws Exception {
    HttpResponse<String> answer = get(open, path);
    assertThat(answer.statusCode()).isEqualTo(status);
    JsonNode problem = checked(answer, template);
    assertThat(problem.get("detail").asText()).isNotEmpty();
    assertThat(problem.get("detailZh").asText()).isNotEmpty();
  }

  @Test
  void aClassTellsForHowLongItWasOnAndARoomWhatCanBeUsed() throws Exception {
    String school = "/api/v1/schools/2144000011";
    JsonNode told = checked(get(open, school + "/power-on"), "/api/v1/schools/{code}/power-on");
    assertThat(told.get("days")).isNotEmpty();
    assertThat(told.get("classes")).isNotEmpty();
    JsonNode first = told.at("/classes/0/days/0");
    assertThat(first.get("minutes").asInt()).isPositive();
    assertThat(first.get("minutes").asInt())
        .isGreaterThanOrEqualTo(first.get("lessonMinutes").asInt());
    assertThat(first.get("firstOn").asText()).startsWith(first.get("date").asText());
    assertThat(first.at("/devices/0/subject").asText()).isEqualTo("terminal:c1");
    JsonNode now = checked(get(open, school), "/api/v1/schools/{code}");
    JsonNode terminal = now.at("/classes/0/terminals/0");
    assertThat(terminal.get("state").isNull()).isEqualTo(terminal.get("up").isNull());
    for (JsonNode room : now.get("rooms")) {
      assertThat(room.get("seats")).hasSize(room.get("registered").asInt());
      assertThat(room.get("usable").asInt()).isGreaterThanOrEqualTo(room.get("on").asInt());
    }
  }

  @Test
  void aPartnerSchoolTellsWhetherItAnswersLatencyLossSinceWhenAndTheWay() throws Exception {
    String path = "/api/v1/schools/" + MET + "/partners";
    JsonNode told = checked(get(open, path), "/api/v1/schools/{code}/partners").get("partners");
    assertThat(told).hasSize(1);
    JsonNode partner = told.get(0);
    assertThat(partner.get("subject").asText()).isEqualTo("reach:partner-2144000012");
    assertThat(partner.get("school").asText()).isEqualTo("2144000012");
    assertThat(partner.get("schoolName").asText()).isEqualTo("求是中心小学");
    assertThat(partner.get("up").asBoolean()).isTrue();
    assertThat(partner.get("rttMillis").asDouble()).isEqualTo(6.5);
    assertThat(partner.get("lossShare").asDouble()).isEqualTo(0.25);
    assertThat(partner.get("lossShareOfDay").asDouble()).isEqualTo(0.25);
    assertThat(partner.get("since").asText()).isLessThan(partner.get("seen").asText());
    assertThat(partner.at("/path/viaDistrict").asBoolean()).isTrue();
    assertThat(partner.at("/path/vpn").isNull()).isTrue();

    assertThat(
            closed
                .collector()
                .accounts()
                .add(
                    Actor.console(),
                    new NewAccount("partner", "correct-Horse-8", Role.SCHOOL, null, MET)))
        .isNull();
    String cookie = signIn("partner", "correct-Horse-8");
    JsonNode own = JSON.readTree(get(closed, path, "Cookie", cookie).body()).at("/partners/0");
    assertThat(own.get("up").asBoolean()).isTrue();
    assertThat(own.get("schoolName").isNull()).as("a school sees no other's entry").isTrue();
  }

  @Test
  void theAddressOfASchoolsCourseIsShownAndPartnersStandInTheirOwnCallAlone() throws Exception {
    JsonNode others =
        checked(get(open, "/api/v1/schools/" + MET), "/api/v1/schools/{code}").get("others");
    List<String> subjects = others.findValuesAsText("subject");
    assertThat(subjects).contains("service:course").noneMatch(s -> s.contains("partner"));
    JsonNode course = others.get(subjects.indexOf("service:course"));
    assertThat(course.get("up").asBoolean()).isTrue();
    assertThat(course.get("responseMillis").asDouble()).isEqualTo(84);
  }

  @Test
  void anAreaHasItsBoundaryFromTheFile() throws Exception {
    JsonNode area = JSON.readTree(get(open, "/api/v1/map").body()).get("features").get(0);
    assertThat(area.at("/properties/code").asText()).isEqualTo("440307001");
    assertThat(area.at("/properties/source").asText()).isEqualTo("boundary");
    assertThat(area.at("/geometry/coordinates/0/1/0").asDouble()).isEqualTo(114.4);
  }

  @Test
  void aMapThatDrawsABoundarySaysThatItHasNoApprovalNumber() throws Exception {
    JsonNode map = JSON.readTree(get(open, "/api/v1/map").body());
    assertThat(map.at("/boundaries/approvalNumber").isNull()).isTrue();
    assertThat(map.at("/features/0/properties/schools").asInt()).isEqualTo(6);
  }

  @Test
  void theLastStepOfATimelineIsWhatTheMapShows() throws Exception {
    for (String rule : List.of("", "&rule=XXT", "&rule=BBT-A")) {
      JsonNode map = JSON.readTree(get(open, "/api/v1/map?region=440307" + rule).body());
      JsonNode timeline =
          checked(
              get(open, "/api/v1/regions/440307/timeline?steps=3" + rule),
              "/api/v1/regions/{code}/timeline");
      JsonNode last = timeline.get("steps").get(timeline.get("steps").size() - 1);
      assertThat(last.get("date")).isEqualTo(map.get("at"));
      JsonNode counts = map.at("/features/0/properties/counts");
      JsonNode shown = last.get("divisions").get(0);
      assertThat(shown.get("code").asText()).isEqualTo("440307001");
      for (String name : List.of("met", "notMet", "insufficient", "notApplicable")) {
        assertThat(shown.get(name)).as(rule + " " + name).isEqualTo(counts.get(name));
      }
    }
  }

  @Test
  void aStepWithoutVerdictsSaysSoInsteadOfInventingThem() throws Exception {
    JsonNode timeline =
        JSON.readTree(
            get(open, "/api/v1/regions/440307/timeline?from=2020-01-01&to=2020-01-05").body());
    assertThat(timeline.get("steps")).hasSize(5);
    for (JsonNode step : timeline.get("steps")) {
      assertThat(step.get("verdictsOf").isNull()).isTrue();
      assertThat(step.get("divisions")).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "steps=0, 400",
    "steps=121, 400",
    "to=2999-01-01, 400",
    "from=2026-02-01&to=2026-01-01, 400",
    "from=2020-01-01&to=2026-01-01, 400",
    "profile=NOBODYS-1, 404"
  })
  void aTimelineWithoutBoundsIsRefused(String query, int status) throws Exception {
    HttpResponse<String> answer = get(open, "/api/v1/regions/440307/timeline?" + query);
    assertThat(answer.statusCode()).isEqualTo(status);
    checked(answer, "/api/v1/regions/{code}/timeline");
  }

  @Test
  void withoutThePublicViewNothingIsOpenButTheFrame() throws Exception {
    for (String path : new String[] {"regions", "schools", "map", "profiles", "events"}) {
      assertThat(get(closed, "/api/v1/" + path).statusCode()).as(path).isEqualTo(401);
    }
    JsonNode context = checked(get(closed, "/api/v1/context"), "/api/v1/context");
    assertThat(context.get("root").isNull()).isTrue();
  }

  @Test
  void aSchoolSeesItselfAndNoOther() throws Exception {
    assertThat(
            closed
                .collector()
                .accounts()
                .add(
                    Actor.console(),
                    new NewAccount("mingde", "correct-Horse-7", Role.SCHOOL, null, MET)))
        .isNull();
    String cookie = signIn("mingde", "correct-Horse-7");
    assertThat(get(closed, "/api/v1/schools/" + MET, "Cookie", cookie).statusCode()).isEqualTo(200);
    String other = "/api/v1/schools/" + TestServer.SCHOOLS.get(1);
    assertThat(get(closed, other, "Cookie", cookie).statusCode()).isEqualTo(404);
    assertThat(get(closed, other + "/verdicts", "Cookie", cookie).statusCode()).isEqualTo(404);
    JsonNode list = JSON.readTree(get(closed, "/api/v1/schools", "Cookie", cookie).body());
    assertThat(list.get("total").asInt()).isEqualTo(1);
    JsonNode map = JSON.readTree(get(closed, "/api/v1/map", "Cookie", cookie).body());
    assertThat(map.get("total").asInt()).isEqualTo(1);
    assertThat(map.at("/features/0/properties/schools").asInt()).isEqualTo(1);
    String regions = "/api/v1/regions/";
    assertThat(get(closed, regions + "440307/timeline", "Cookie", cookie).statusCode())
        .isEqualTo(404);
    JsonNode steps =
        JSON.readTree(get(closed, regions + "440307001/timeline", "Cookie", cookie).body())
            .get("steps");
    JsonNode counts = steps.get(steps.size() - 1).at("/divisions/0");
    assertThat(
            counts.get("met").asInt()
                + counts.get("notMet").asInt()
                + counts.get("insufficient").asInt()
                + counts.get("notApplicable").asInt())
        .isEqualTo(1);
  }

  @Test
  void devicesFoundAreForWhoeverOperatesTheSchool() throws Exception {
    Sighting sighting =
        Sighting.newBuilder()
            .setTimeMillis(System.currentTimeMillis())
            .setMac("00:1b:21:0a:0b:0c")
            .setAddress("10.1.3.20")
            .setDescription("EPSON projector")
            .addFoundBy("arp")
            .build();
    closed.collector().discovered().note(MET, List.of(sighting));
    closed
        .collector()
        .accounts()
        .add(Actor.console(), new NewAccount("keeper", "correct-Horse-7", Role.SCHOOL, null, MET));
    closed
        .collector()
        .accounts()
        .add(
            Actor.console(),
            new NewAccount("tech", "correct-Horse-7", Role.TECHNICIAN, "440307", null));
    String path = "/api/v1/schools/" + MET + "/discovered";
    String template = "/api/v1/schools/{code}/discovered";
    JsonNode found =
        checked(get(closed, path, "Cookie", signIn("tech", "correct-Horse-7")), template);
    assertThat(found.get("total").asInt()).isEqualTo(1);
    assertThat(found.at("/items/0/suggestedKind").asText()).isEqualTo("projector");
    HttpResponse<String> refused = get(closed, path, "Cookie", signIn("keeper", "correct-Horse-7"));
    assertThat(refused.statusCode()).isEqualTo(403);
    checked(refused, template);
  }

  @Test
  void aWrongPasswordIsRefusedWithoutSayingWhatWasWrong() throws Exception {
    HttpResponse<String> answer = post("nobody", "wrong-Password-1");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(JSON.readTree(answer.body()).get("code").asText()).isEqualTo("wrong-credentials");
    assertThat(answer.headers().firstValue("set-cookie")).isEmpty();
  }

  private String signIn(String name, String password) throws Exception {
    HttpResponse<String> answer = post(name, password);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    String cookie = answer.headers().firstValue("set-cookie").orElseThrow();
    assertThat(cookie).containsIgnoringCase("HttpOnly").contains("SameSite=Strict");
    return cookie.substring(0, cookie.indexOf(';'));
  }

  private HttpResponse<String> post(String name, String password) throws Exception {
    URI uri = closed.base().resolve("/api/v1/session");
    String body =
        JSON.createObjectNode().put("username", name).put("password", password).toString();
    return http.send(
        HttpRequest.newBuilder(uri)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void pagesCarryAPolicyThatAllowsNothingFromOutside() throws Exception {
    HttpResponse<String> page = get(open, "/schools/" + MET);
    assertThat(page.headers().firstValue("content-security-policy").orElse(""))
        .contains("default-src 'none'")
        .doesNotContain("unsafe-inline")
        .doesNotContain("http");
    assertThat(page.headers().firstValue("content-type").orElse("")).startsWith("text/html");
  }

  @Test
  void nobodyReadsAFileThatIsNoPage() throws Exception {
    for (String path :
        new String[] {"/server.yaml", "/js/%2e%2e/%2e%2e/logback-server.xml", "/lib/../x.js"}) {
      assertThat(get(open, path).statusCode()).as(path).isEqualTo(404);
    }
  }

  @Test
  void theCountersAreThereForPrometheus() throws Exception {
    assertThat(get(open, "/metrics").body())
        .contains("rollcall_reports_total{outcome=\"stored\"}")
        .contains("# HELP rollcall_reports_received_total");
  }
}
