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
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.collector.accounts.NewAccount;
import org.rollcall.collector.accounts.Role;
import org.rollcall.collector.audit.Actor;
import org.rollcall.collector.audit.AuditEntry;
import org.rollcall.collector.audit.AuditLog;
import org.rollcall.collector.registry.Region;
import org.rollcall.protocol.EnrolmentCode;
import org.rollcall.protocol.v1.Sighting;
import org.rollcall.web.DeskFaults;
import org.rollcall.web.TestServer;

/** The technician's calls: who is told what, who may do what, and that it is written down. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProblemsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PASSWORD = "correct-Horse-8";
  private static final String SCHOOL = TestServer.SCHOOLS.get(0);
  private static final String NEIGHBOUR = TestServer.SCHOOLS.get(1);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, String> cookies = new HashMap<>();
  private TestServer server;
  private JsonNode contract;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    server = TestServer.start(folder, true);
    contract = new YAMLMapper().readTree(ask("GET", "", "/openapi.yaml", null).body());
    server
        .collector()
        .registry()
        .change(
            change -> {
              change.putRegions(
                  List.of(
                      new Region("440307002", "坂田街道", "Bantian", Region.Level.TOWNSHIP, "440307")));
              return null;
            });
    account("admin", Role.ADMINISTRATOR, null, null);
    account("technician", Role.TECHNICIAN, "440307", null);
    account("elsewhere", Role.TECHNICIAN, "440307002", null);
    account("bureau", Role.BUREAU, "440307", null);
    account("school", Role.SCHOOL, null, SCHOOL);
    account("neighbour", Role.SCHOOL, null, NEIGHBOUR);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private void account(String name, Role role, @Nullable String region, @Nullable String school)
      throws Exception {
    NewAccount account = new NewAccount(name, PASSWORD, role, region, school, false);
    assertThat(server.collector().accounts().add(Actor.console(), account)).isNull();
    HttpResponse<String> answer =
        ask(
            "POST",
            "",
            "/api/v1/session",
            "{\"username\":\"" + name + "\",\"password\":\"" + PASSWORD + "\"}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    cookies.put(name, answer.headers().firstValue("set-cookie").orElseThrow().split(";", 2)[0]);
  }

  private HttpResponse<String> ask(String method, String who, String path, @Nullable String body)
      throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.base() + path));
    if (!who.isEmpty()) {
      request.header("cookie", cookies.get(who));
    }
    if (body != null) {
      request.header("content-type", "application/json");
    }
    request.method(
        method,
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body));
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** The answer must fit what the contract says of its path, method, status and type. */
  private JsonNode checked(HttpResponse<String> answer, String template) throws Exception {
    String method = answer.request().method().toLowerCase(java.util.Locale.ROOT);
    JsonNode response =
        contract
            .at("/paths")
            .path(template)
            .path(method)
            .path("responses")
            .path(String.valueOf(answer.statusCode()));
    if (response.has("$ref")) {
      response = contract.at(response.get("$ref").asText().substring(1));
    }
    String type = answer.headers().firstValue("content-type").orElse("");
    JsonNode schema = response.path("content").path(type).path("schema");
    assertThat(schema.isMissingNode()).as(template + " " + answer.statusCode()).isFalse();
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

  /** The line of one school down and a projector of it broken; all the others are heard. */
  private void broken() {
    DeskFaults.show(server);
  }

  private JsonNode problems(String who, String query) throws Exception {
    return checked(ask("GET", who, "/api/v1/problems" + query, null), "/api/v1/problems");
  }

  private String idOfTheLine() throws Exception {
    for (JsonNode item : problems("admin", "?kind=LINE_DOWN").get("items")) {
      if (item.at("/schools/0/code").asText().equals(SCHOOL)) {
        return item.get("id").asText();
      }
    }
    throw new AssertionError("The line that is down is no problem.");
  }

  private static String problem(String id, String act) {
    return "/api/v1/problems/" + URLEncoder.encode(id, StandardCharsets.UTF_8) + act;
  }

  @Test
  void theLineThatIsDownHoldsBackWhatIsBehindItAndSaysWhatToDo() throws Exception {
    broken();
    String id = idOfTheLine();
    JsonNode line =
        StreamSupport.stream(
                problems("technician", "?region=440307001").get("items").spliterator(), false)
            .filter(item -> item.get("id").asText().equals(id))
            .findFirst()
            .orElseThrow();
    assertThat(line.get("subject").asText()).isEqualTo("link:wan");
    assertThat(line.at("/behind/subjects").toString()).contains("reach:edu", "reach:internet");
    assertThat(line.get("classes").asInt()).isEqualTo(2);
    assertThat(line.get("nextEn").asText()).contains("ISP");
    assertThat(line.get("nextZh").asText()).contains("运营商");
    JsonNode one =
        checked(ask("GET", "bureau", problem(idOfTheLine(), ""), null), "/api/v1/problems/{id}");
    assertThat(one.get("problem")).isEqualTo(line);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/problems",
        "/api/v1/problems/x",
        "/api/v1/agents",
        "/api/v1/schools/2144000011/devices/link:wan"
      })
  void thePublicIsToldNothing(String path) throws Exception {
    HttpResponse<String> answer = ask("GET", "", path, null);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).doesNotContain("10.0.0.");
  }

  @Test
  void everybodyIsToldOfTheirOwnAndOfNothingElse() throws Exception {
    broken();
    String id = idOfTheLine();
    for (String who : List.of("admin", "technician", "bureau", "school")) {
      assertThat(ask("GET", who, problem(id, ""), null).statusCode()).as(who).isEqualTo(200);
    }
    for (String who : List.of("elsewhere", "neighbour")) {
      assertThat(ask("GET", who, problem(id, ""), null).statusCode()).as(who).isEqualTo(404);
      assertThat(problems(who, "").toString()).as(who).doesNotContain(SCHOOL);
    }
    assertThat(ask("GET", "elsewhere", "/api/v1/problems?region=440307001", null).statusCode())
        .isEqualTo(404);
    String device = "/api/v1/schools/" + SCHOOL + "/devices/link:wan";
    assertThat(ask("GET", "neighbour", device, null).statusCode()).isEqualTo(404);
    JsonNode line =
        checked(ask("GET", "school", device, null), "/api/v1/schools/{code}/devices/{subject}");
    assertThat(line.at("/measures/up").asDouble()).isZero();
    assertThat(line.get("address").asText()).isEqualTo("10.0.0.254");
  }

  @ParameterizedTest
  @CsvSource({
    "ack, '{\"comment\":\"x\"}'",
    "comments, '{\"comment\":\"x\"}'",
    "ticket, '{\"number\":\"1\",\"state\":\"OPEN\"}'",
    "maintenance, '{\"from\":\"2026-01-01T00:00:00+08:00\",\"to\":\"2026-01-01T01:00:00+08:00\",\"reason\":\"x\"}'"
  })
  void onlyWhoOperatesTheSchoolChangesSomething(String act, String body) throws Exception {
    broken();
    String path = problem(idOfTheLine(), "/" + act);
    assertThat(ask("POST", "", path, body).statusCode()).as("public").isEqualTo(401);
    for (String who : List.of("bureau", "school")) {
      assertThat(ask("POST", who, path, body).statusCode()).as(who).isEqualTo(403);
    }
    for (String who : List.of("elsewhere", "neighbour")) {
      assertThat(ask("POST", who, path, body).statusCode()).as(who).isEqualTo(404);
    }
    HttpResponse<String> done = ask("POST", "technician", path, body);
    assertThat(done.statusCode()).as(done.body()).isEqualTo(204);
    assertThat(ask("POST", "technician", path, "{\"comment\":7}").statusCode()).isEqualTo(400);
  }

  @Test
  void whatATechnicianDoesIsSeenByOthersAndStandsInTheAuditLog() throws Exception {
    broken();
    String id = idOfTheLine();
    ask("POST", "technician", problem(id, "/ack"), "{\"comment\":\"on my way\"}");
    ask("POST", "technician", problem(id, "/comments"), "{\"comment\":\"no power\"}");
    JsonNode one = checked(ask("GET", "bureau", problem(id, ""), null), "/api/v1/problems/{id}");
    assertThat(one.at("/problem/state").asText()).isEqualTo("ACKNOWLEDGED");
    assertThat(one.at("/problem/acknowledged/account").asText()).isEqualTo("technician");
    assertThat(one.at("/comments/0/comment").asText()).isEqualTo("no power");
    assertThat(problems("bureau", "?state=ACKNOWLEDGED").get("total").asInt()).isPositive();
    assertThat(
            server
                .collector()
                .audit()
                .list(new AuditLog.Filter("technician", "problem."), 0, 50)
                .entries())
        .filteredOn(entry -> entry.subject().equals(id))
        .extracting(AuditEntry::action)
        .contains("problem.acknowledge", "problem.comment");
  }

  @Test
  void anEnrolmentCodeIsForWhoOperatesTheSchool() throws Exception {
    String path = "/api/v1/schools/" + SCHOOL + "/enrolment";
    assertThat(ask("POST", "", path, "{}").statusCode()).isEqualTo(401);
    assertThat(ask("POST", "school", path, "{}").statusCode()).isEqualTo(403);
    assertThat(ask("POST", "elsewhere", path, "{}").statusCode()).isEqualTo(404);
    HttpResponse<String> answer = ask("POST", "technician", path, "{}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    String code = checked(answer, "/api/v1/schools/{code}/enrolment").get("code").asText();
    assertThat(EnrolmentCode.parse(code).port()).isEqualTo(server.collector().ingest().tlsPort());
    assertThat(
            server
                .collector()
                .audit()
                .list(new AuditLog.Filter("technician", "agent.code"), 0, 5)
                .entries())
        .isNotEmpty()
        .noneMatch(entry -> entry.detail().contains(code));
  }

  @Test
  void agentsAreListedWithWhatIsWrongWithThem() throws Exception {
    String name = server.collector().agents().addForeign(NEIGHBOUR).userName();
    server.collector().agents().seen(List.of(name));
    DeskFaults.agent(server, NEIGHBOUR, name, Instant.now());
    JsonNode faulty =
        checked(ask("GET", "bureau", "/api/v1/agents?state=BEHIND", null), "/api/v1/agents");
    assertThat(faulty.get("items").findValuesAsText("id")).contains(name);
    assertThat(faulty.at("/items/0/spoolReports").asInt()).isEqualTo(500);
    assertThat(ask("GET", "school", "/api/v1/agents", null).body()).doesNotContain(name);
    assertThat(ask("GET", "elsewhere", "/api/v1/agents", null).body()).doesNotContain(name);
  }

  @ParameterizedTest
  @CsvSource({"/test, {}", "/look, '{\"subjects\": [\"link:wan\"]}'", "/sweep, {}"})
  void nobodyAsksWhereNoAgentIsAndOthersMayNotAsk(String what, String body) throws Exception {
    String path = "/api/v1/schools/" + SCHOOL + what;
    assertThat(ask("POST", "", path, body).statusCode()).isEqualTo(401);
    assertThat(ask("POST", "school", path, body).statusCode()).isEqualTo(403);
    assertThat(ask("POST", "elsewhere", path, body).statusCode()).isEqualTo(404);
    HttpResponse<String> answer = ask("POST", "technician", path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
    JsonNode problem = checked(answer, "/api/v1/schools/{code}" + what);
    assertThat(problem.get("code").asText()).isIn("no-agent", "agent-away");
  }

  @Test
  void aLookNamesItsSubjects() throws Exception {
    String path = "/api/v1/schools/" + SCHOOL + "/look";
    for (String body : List.of("{}", "{\"subjects\": []}", "{\"subjects\": [\"nothing\"]}")) {
      assertThat(ask("POST", "technician", path, body).statusCode()).as(body).isEqualTo(400);
    }
  }

  @Test
  void aDeviceThatWasFoundIsRegisteredOrIgnoredByWhoOperatesItsSchool() throws Exception {
    found("00:1b:21:0a:0b:0c", "10.9.0.20");
    found("00:1b:21:0a:0b:0d", "10.9.0.21");
    String list = "/api/v1/discovered";
    assertThat(ask("GET", "bureau", list, null).statusCode()).isEqualTo(403);
    assertThat(checked(ask("GET", "elsewhere", list, null), list).get("total").asInt()).isZero();
    JsonNode waiting = checked(ask("GET", "technician", list + "?size=1", null), list);
    assertThat(waiting.get("total").asInt()).isEqualTo(2);
    assertThat(waiting.get("items")).hasSize(1);
    String one = list + "/" + waiting.at("/items/0/id").asText();
    String body = "{\"name\": \"core\", \"kind\": \"switch\"}";
    assertThat(ask("POST", "elsewhere", one + "/approve", body).statusCode()).isEqualTo(404);
    assertThat(ask("POST", "bureau", one + "/approve", body).statusCode()).isEqualTo(403);
    HttpResponse<String> bad = ask("POST", "technician", one + "/approve", "{\"name\": \"a b\"}");
    assertThat(bad.statusCode()).isEqualTo(400);
    assertThat(ask("POST", "technician", one + "/approve", body).statusCode()).isEqualTo(204);
    assertThat(server.collector().registry().inventory(SCHOOL).devices())
        .anyMatch(device -> device.subject().equals("switch:core"));
    String next = "/api/v1/schools/" + SCHOOL + "/discovered";
    String other =
        list + "/" + JSON.readTree(ask("GET", "admin", next, null).body()).at("/items/0/id");
    assertThat(ask("POST", "technician", other + "/ignore", "{}").statusCode()).isEqualTo(204);
    assertThat(checked(ask("GET", "technician", list, null), list).get("total").asInt()).isZero();
    JsonNode ignored = checked(ask("GET", "technician", list + "?state=IGNORED", null), list);
    assertThat(ignored.at("/items/0/address").asText()).isEqualTo("10.9.0.21");
  }

  private void found(String mac, String address) {
    Sighting seen =
        Sighting.newBuilder()
            .setTimeMillis(Instant.now().toEpochMilli())
            .setMac(mac)
            .setAddress(address)
            .addFoundBy("arp")
            .build();
    server.collector().discovered().note(SCHOOL, List.of(seen));
  }
}
