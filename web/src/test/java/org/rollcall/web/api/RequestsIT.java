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
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
import org.rollcall.collector.audit.AuditLog;
import org.rollcall.collector.registry.Region;
import org.rollcall.web.TestServer;

/** What schools ask over HTTP: who may, what is kept, and what is refused. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PASSWORD = "correct-Horse-8";
  private static final String SCHOOL = TestServer.SCHOOLS.get(1);
  private static final String NEIGHBOUR = TestServer.SCHOOLS.get(0);
  private static final int MOST_BYTES = 5 * 1024 * 1024;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, String> cookies = new HashMap<>();
  private TestServer server;
  private JsonNode contract;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    server = TestServer.start(folder, true);
    contract =
        new YAMLMapper().readTree(text(ask("GET", "", "/openapi.yaml", null, "application/json")));
    Region other = new Region("440307002", "坂田街道", "Bantian", Region.Level.TOWNSHIP, "440307");
    server.collector().registry().change(change -> change.putRegions(List.of(other)));
    account("technician", Role.TECHNICIAN, "440307", null);
    account("bureau", Role.BUREAU, "440307", null);
    account("elsewhere", Role.BUREAU, "440307002", null);
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
    String body = "{\"username\":\"" + name + "\",\"password\":\"" + PASSWORD + "\"}";
    HttpResponse<byte[]> answer = send("POST", "", "/api/v1/session", body);
    assertThat(answer.statusCode()).isEqualTo(200);
    cookies.put(name, answer.headers().firstValue("set-cookie").orElseThrow().split(";", 2)[0]);
  }

  private HttpResponse<byte[]> ask(
      String method, String who, String path, byte @Nullable [] body, String type)
      throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.base() + path));
    if (!who.isEmpty()) {
      request.header("cookie", cookies.get(who));
    }
    if (body != null) {
      request.header("content-type", type);
    }
    request.method(
        method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private HttpResponse<byte[]> send(String method, String who, String path, String body)
      throws Exception {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return ask(method, who, path, bytes, "application/json");
  }

  private HttpResponse<byte[]> get(String who, String path) throws Exception {
    return ask("GET", who, path, null, "");
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  /** The answer must fit what the contract says of its path, method, status and type. */
  private JsonNode checked(HttpResponse<byte[]> answer, String template) throws Exception {
    String method = answer.request().method().toLowerCase(Locale.ROOT);
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
    assertThat(schema.isMissingNode())
        .as(template + " " + answer.statusCode() + ": " + text(answer))
        .isFalse();
    ObjectNode whole = JSON.createObjectNode();
    whole.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    whole.set("components", contract.get("components"));
    whole.set("allOf", JSON.createArrayNode().add(schema));
    Schema checker =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(whole.toString(), InputFormat.JSON);
    assertThat(checker.validate(text(answer), InputFormat.JSON)).as(template).isEmpty();
    return JSON.readTree(answer.body());
  }

  private static String school(String code, String act) {
    return "/api/v1/schools/" + code + act;
  }

  private HttpResponse<byte[]> recheck(String who, String code, String rule) throws Exception {
    String body = "{\"rule\": \"" + rule + "\", \"reason\": \"昨天换了光纤\"}";
    return send("POST", who, school(code, "/rechecks"), body);
  }

  private JsonNode objection(String who, String rule) throws Exception {
    String body = "{\"rule\": \"" + rule + "\", \"text\": \"The meter was off.\"}";
    JsonNode made =
        checked(
            send("POST", who, school(SCHOOL, "/objections"), body),
            "/api/v1/schools/{code}/objections");
    return made.get("request");
  }

  private HttpResponse<byte[]> attach(String who, long id, String name, byte[] file)
      throws Exception {
    String query = "?name=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
    String path = "/api/v1/requests/" + id + "/files" + query;
    return ask("POST", who, path, file, "application/octet-stream");
  }

  private HttpResponse<byte[]> answer(String who, long id, String state, String text)
      throws Exception {
    String body = "{\"state\": \"%s\", \"text\": \"%s\"}".formatted(state, text);
    return send("POST", who, "/api/v1/requests/" + id + "/answer", body);
  }

  private static String code(HttpResponse<byte[]> answer) throws Exception {
    JsonNode problem = JSON.readTree(answer.body());
    assertThat(problem.get("detail").asText()).endsWith(".");
    assertThat(problem.get("detailZh").asText()).endsWith("。");
    return problem.get("code").asText();
  }

  private static byte[] pdf(int bytes) {
    byte[] file = new byte[bytes];
    Arrays.fill(file, (byte) ' ');
    byte[] begin = "%PDF-1.7\n".getBytes(StandardCharsets.US_ASCII);
    byte[] end = "%%EOF".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(begin, 0, file, 0, begin.length);
    System.arraycopy(end, 0, file, bytes - end.length, end.length);
    return file;
  }

  @Test
  void aSchoolAsksOnceAndTheBureauAnswers() throws Exception {
    JsonNode made =
        checked(recheck("school", SCHOOL, "XXT-A"), "/api/v1/schools/{code}/rechecks")
            .get("request");
    assertThat(made.get("state").asText()).isEqualTo("OPEN");
    assertThat(made.at("/judged/verdict").asText()).isEqualTo("NOT_MET");
    assertThat(made.at("/judged/profileVersion").asText()).isNotEmpty();
    assertThat(made.get("mayAnswer").asBoolean()).isFalse();
    HttpResponse<byte[]> again = recheck("technician", SCHOOL, "XXT-A");
    assertThat(again.statusCode()).isEqualTo(400);
    assertThat(code(again)).isEqualTo("recheck-open");
    long id = made.get("id").asLong();
    assertThat(answer("school", id, "DONE", "x").statusCode()).isEqualTo(403);
    assertThat(answer("elsewhere", id, "DONE", "x").statusCode()).isEqualTo(404);
    assertThat(answer("bureau", id, "DONE", "").statusCode()).as("without words").isEqualTo(400);
    assertThat(answer("bureau", id, "UPHELD", "x").statusCode()).as("no re-check").isEqualTo(400);
    JsonNode done =
        checked(answer("bureau", id, "DONE", "104 Mbps"), "/api/v1/requests/{id}/answer");
    assertThat(done.at("/request/state").asText()).isEqualTo("DONE");
    assertThat(done.at("/steps/1/text").asText()).isEqualTo("104 Mbps");
    assertThat(code(answer("bureau", id, "DECLINED", "x"))).isEqualTo("no-such-step");
    assertThat(recheck("school", SCHOOL, "XXT-A").statusCode()).isEqualTo(200);
    assertThat(
            server
                .collector()
                .audit()
                .list(new AuditLog.Filter("bureau", "request."), 0, 10)
                .entries())
        .singleElement()
        .satisfies(entry -> assertThat(entry.subject()).isEqualTo(SCHOOL));
  }

  @Test
  void anObjectionStandsBesideTheVerdictAndChangesNothingOfIt() throws Exception {
    JsonNode before = verdict("XXT-A");
    assertThat(before.get("objection").isNull()).isTrue();
    long id = objection("school", "XXT-A").get("id").asLong();
    JsonNode after = verdict("XXT-A");
    assertThat(after.at("/objection/id").asLong()).isEqualTo(id);
    assertThat(((ObjectNode) after).without("objection").toString())
        .isEqualTo(((ObjectNode) before).without("objection").toString());
    assertThat(answer("technician", id, "UNDER_REVIEW", "").statusCode()).isEqualTo(200);
    assertThat(verdict("XXT-A").at("/objection/state").asText()).isEqualTo("UNDER_REVIEW");
    assertThat(withdraw("neighbour", id).statusCode()).isEqualTo(404);
    assertThat(withdraw("bureau", id).statusCode()).as("not its own").isEqualTo(403);
    JsonNode gone = checked(withdraw("school", id), "/api/v1/requests/{id}/withdraw");
    assertThat(gone.at("/request/state").asText()).isEqualTo("WITHDRAWN");
    assertThat(verdict("XXT-A").get("objection").isNull()).isTrue();
    assertThat(code(withdraw("school", id))).isEqualTo("no-such-step");
  }

  private HttpResponse<byte[]> withdraw(String who, long id) throws Exception {
    return send("POST", who, "/api/v1/requests/" + id + "/withdraw", "{}");
  }

  private JsonNode verdict(String rule) throws Exception {
    JsonNode all = checked(get("", school(SCHOOL, "/verdicts")), "/api/v1/schools/{code}/verdicts");
    for (JsonNode each : all) {
      if (each.get("rule").asText().equals(rule)) {
        return each;
      }
    }
    throw new AssertionError("There is no verdict by " + rule);
  }

  @Test
  void theListIsBoundedPagedFilteredAndScoped() throws Exception {
    long mine = objection("school", "BBT-A").get("id").asLong();
    long another = objection("technician", "BBT-A").get("id").asLong();
    JsonNode all = list("bureau", "?kind=OBJECTION&standing=WAITING&size=1");
    assertThat(all.get("items")).hasSize(1);
    assertThat(all.get("total").asInt()).isGreaterThanOrEqualTo(2);
    assertThat(all.get("objections").asInt()).isGreaterThanOrEqualTo(2);
    assertThat(ids(list("bureau", "?region=440307001&kind=OBJECTION"))).contains(mine, another);
    assertThat(ids(list("bureau", "?kind=RECHECK"))).doesNotContain(mine, another);
    assertThat(ids(list("school", ""))).contains(mine, another);
    assertThat(ids(list("neighbour", ""))).doesNotContain(mine, another);
    assertThat(list("elsewhere", "").get("total").asInt()).isZero();
    assertThat(list("elsewhere", "").get("objections").asInt()).isZero();
    assertThat(get("elsewhere", "/api/v1/requests?region=440307001").statusCode()).isEqualTo(404);
    assertThat(get("bureau", "/api/v1/requests?size=501").statusCode()).isEqualTo(400);
    assertThat(get("bureau", "/api/v1/requests?standing=x").statusCode()).isEqualTo(400);
    assertThat(get("", "/api/v1/requests").statusCode()).as("the public").isEqualTo(403);
    assertThat(get("", school(SCHOOL, "/requests")).statusCode()).isEqualTo(403);
    JsonNode own =
        checked(get("school", school(SCHOOL, "/requests")), "/api/v1/schools/{code}/requests");
    assertThat(ids(own)).contains(mine, another);
    assertThat(get("neighbour", school(SCHOOL, "/requests")).statusCode()).isEqualTo(404);
  }

  private JsonNode list(String who, String query) throws Exception {
    return checked(get(who, "/api/v1/requests" + query), "/api/v1/requests");
  }

  private static List<Long> ids(JsonNode page) {
    return page.get("items").findValues("id").stream().map(JsonNode::asLong).toList();
  }

  @Test
  void aForeignSchoolAnUnknownRuleAndTheBlankAreRefused() throws Exception {
    assertThat(recheck("neighbour", SCHOOL, "XXT-A").statusCode()).isEqualTo(404);
    assertThat(recheck("elsewhere", SCHOOL, "XXT-A").statusCode()).isEqualTo(404);
    assertThat(recheck("", SCHOOL, "XXT-A").statusCode()).isEqualTo(401);
    assertThat(recheck("school", SCHOOL, "NO-SUCH").statusCode()).isEqualTo(404);
    String path = school(SCHOOL, "/objections");
    for (String body :
        List.of(
            "{}",
            "{\"rule\": \"XXT-A\"}",
            "{\"rule\": \"XXT-A\", \"text\": \"  \"}",
            "{\"rule\": \"XXT-A\", \"text\": \"" + "x".repeat(2_001) + "\"}")) {
      assertThat(send("POST", "school", path, body).statusCode()).isEqualTo(400);
    }
    String good = "{\"rule\": \"XXT-A\", \"text\": \"x\"}";
    assertThat(send("POST", "school", path + "?at=2999-01-01", good).statusCode()).isEqualTo(400);
    assertThat(send("POST", "school", path + "?profile=NO", good).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "合同.pdf, 合同.pdf",
    "../../../etc/passwd, passwd",
    "..%2f..%2fx.pdf, ..%2f..%2fx.pdf",
    "C:\\evidence\\a.exe, a.exe"
  })
  void aFileIsHandedBackAsItCameUnderANameOfOurOwn(String name, String shown) throws Exception {
    long id = objection("school", "BBT-A").get("id").asLong();
    byte[] sent = pdf(300);
    JsonNode kept =
        checked(attach("school", id, name, sent), "/api/v1/requests/{id}/files").at("/files/0");
    assertThat(kept.get("name").asText()).isEqualTo(shown);
    String path = "/api/v1/requests/" + id + "/files/" + kept.get("id").asLong();
    HttpResponse<byte[]> file = get("bureau", path);
    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(file.body()).isEqualTo(sent);
    assertThat(file.headers().firstValue("content-type")).hasValue("application/pdf");
    assertThat(file.headers().firstValue("x-content-type-options")).hasValue("nosniff");
    assertThat(file.headers().firstValue("content-disposition").orElseThrow())
        .matches("attachment; filename=\"objection-\\d+-\\d+\\.pdf\"");
    assertThat(get("neighbour", path).statusCode()).isEqualTo(404);
    assertThat(get("elsewhere", path).statusCode()).isEqualTo(404);
    assertThat(get("", path).statusCode()).isEqualTo(403);
    assertThat(withdraw("school", id).statusCode()).isEqualTo(200);
    assertThat(get("school", path).statusCode()).as("the history stays").isEqualTo(200);
  }

  @Test
  void aFileHasATypeASizeAndAPlace() throws Exception {
    long id = objection("school", "XXT-A").get("id").asLong();
    assertThat(attach("school", id, "a.pdf", pdf(MOST_BYTES)).statusCode()).isEqualTo(200);
    HttpResponse<byte[]> large = attach("school", id, "a.pdf", pdf(MOST_BYTES + 1));
    assertThat(large.statusCode()).isEqualTo(413);
    assertThat(code(large)).isEqualTo("too-large");
    assertThat(code(attach("school", id, "a.pdf", new byte[0]))).isEqualTo("too-large");
    byte[] page = "<html><script>1</script></html>".getBytes(StandardCharsets.UTF_8);
    assertThat(code(attach("school", id, "a.pdf", page))).isEqualTo("wrong-type");
    assertThat(code(attach("school", id, "", pdf(300)))).isEqualTo("bad-parameter");
    assertThat(attach("school", id, "b", pdf(300)).statusCode()).isEqualTo(200);
    assertThat(attach("bureau", id, "c", pdf(300)).statusCode()).isEqualTo(200);
    assertThat(code(attach("school", id, "d", pdf(300)))).isEqualTo("too-many-files");
    assertThat(attach("neighbour", id, "a.pdf", pdf(300)).statusCode()).isEqualTo(404);
    assertThat(attach("", id, "a.pdf", pdf(300)).statusCode()).isEqualTo(401);
    assertThat(withdraw("school", id).statusCode()).isEqualTo(200);
    assertThat(code(attach("school", id, "a.pdf", pdf(300)))).isEqualTo("no-files-here");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/json", "multipart/form-data; boundary=x", "text/plain", "text/html"})
  void aFileOfATypeThatAFormCouldSendIsRefused(String type) throws Exception {
    long id = objection("school", "BBT-A").get("id").asLong();
    String path = "/api/v1/requests/" + id + "/files?name=a.pdf";
    assertThat(ask("POST", "school", path, pdf(300), type).statusCode()).isEqualTo(400);
    assertThat(withdraw("school", id).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "x", "-1", "999999", "9999999999999999999999", "1%20OR%201=1"})
  void whatIsNoIdFindsNothing(String id) throws Exception {
    assertThat(get("technician", "/api/v1/requests/" + id).statusCode()).isEqualTo(404);
    long known = objection("school", "BBT-A").get("id").asLong();
    String files = "/api/v1/requests/" + known + "/files/";
    assertThat(get("technician", files + id).statusCode()).isEqualTo(404);
    assertThat(withdraw("school", known).statusCode()).isEqualTo(200);
  }

  @Test
  void anotherSitesPageSendsNoFile() throws Exception {
    long id = objection("school", "BBT-A").get("id").asLong();
    HttpRequest forged =
        HttpRequest.newBuilder(
                URI.create(server.base() + "/api/v1/requests/" + id + "/files?name=a.pdf"))
            .header("cookie", cookies.get("school"))
            .header("content-type", "application/octet-stream")
            .header("sec-fetch-site", "cross-site")
            .POST(BodyPublishers.ofByteArray(pdf(300)))
            .build();
    HttpResponse<byte[]> answer = http.send(forged, HttpResponse.BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(code(answer)).isEqualTo("other-site");
    assertThat(withdraw("school", id).statusCode()).isEqualTo(200);
  }
}
