package org.rollcall.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
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
import org.rollcall.collector.accounts.NewAccount;
import org.rollcall.collector.accounts.Role;
import org.rollcall.collector.audit.Actor;
import org.rollcall.collector.audit.AuditEntry;
import org.rollcall.collector.audit.AuditLog;
import org.rollcall.collector.registry.School;
import org.rollcall.web.TestServer;

/** The office's calls: entries of the register, files for it, and the calendars. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OfficeIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PASSWORD = "correct-Horse-8";
  private static final String SCHOOL = TestServer.SCHOOLS.get(0);
  private static final String REGISTER = "/api/v1/schools/" + SCHOOL + "/register";
  private static final String TEMPLATE = "/api/v1/schools/{code}/register";
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, String> cookies = new HashMap<>();
  private TestServer server;
  private JsonNode contract;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    server = TestServer.start(folder, true);
    contract = new YAMLMapper().readTree(ask("GET", "", "/openapi.yaml", null).body());
    account("admin", Role.ADMINISTRATOR, null, null);
    account("technician", Role.TECHNICIAN, "440307", null);
    account("bureau", Role.BUREAU, "440307001", null);
    account("school", Role.SCHOOL, null, SCHOOL);
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
    HttpResponse<String> answer = ask("POST", "", "/api/v1/session", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    String cookie = answer.headers().firstValue("set-cookie").orElseThrow();
    cookies.put(name, cookie.substring(0, cookie.indexOf(';')));
  }

  private HttpResponse<String> ask(String method, String who, String path, @Nullable String body)
      throws Exception {
    return send(
        method, who, path, body == null ? null : body.getBytes(StandardCharsets.UTF_8), "json");
  }

  private HttpResponse<String> send(
      String method, String who, String path, byte @Nullable [] body, String type)
      throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.base() + path));
    if (!who.isEmpty()) {
      request.header("cookie", cookies.get(who));
    }
    if (body != null) {
      request.header("content-type", "application/" + type);
    }
    request.method(
        method,
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofByteArray(body));
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** The answer, which has the status and the shape of the contract. */
  private JsonNode good(String method, String template, HttpResponse<String> answer)
      throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode schema =
        contract
            .path("paths")
            .path(template)
            .path(method.toLowerCase(Locale.ROOT))
            .path("responses")
            .path("200")
            .path("content")
            .path("application/json")
            .path("schema");
    assertThat(schema.isMissingNode()).as(template).isFalse();
    ObjectNode whole = JSON.createObjectNode();
    whole.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    whole.set("components", contract.path("components"));
    whole.set("allOf", JSON.createArrayNode().add(schema));
    Schema checked =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(whole.toString(), InputFormat.JSON);
    assertThat(checked.validate(answer.body(), InputFormat.JSON)).as(answer.body()).isEmpty();
    return JSON.readTree(answer.body());
  }

  private String codeOf(HttpResponse<String> refused, int status) throws Exception {
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(status);
    return JSON.readTree(refused.body()).get("code").asText();
  }

  private AuditEntry newest() {
    return server.collector().audit().list(new AuditLog.Filter("admin", ""), 0, 1).entries().get(0);
  }

  private static String edit(LocalDate from, String values) {
    return "{\"from\": \"%s\", \"reason\": \"as the bureau says\", \"values\": %s}"
        .formatted(from, values);
  }

  @Test
  void anEntryIsChangedFromADayOnAndItsHistorySaysWhoAndWhy() throws Exception {
    LocalDate today = server.collector().registry().today();
    LocalDate from = today.plusDays(30);
    JsonNode before = good("GET", TEMPLATE, ask("GET", "bureau", REGISTER, null));
    assertThat(before.get("mayChange").asBoolean()).isFalse();
    assertThat(before.get("spans")).hasSize(1);
    String name = before.get("name").asText();

    String body = edit(from, "{\"name\": \"新名小学\", \"students\": \"321\"}");
    JsonNode after = good("POST", TEMPLATE, ask("POST", "admin", REGISTER, body));
    assertThat(after.get("name").asText()).as("today it says what it said").isEqualTo(name);
    assertThat(after.get("spans")).hasSize(2);
    assertThat(after.at("/spans/0/to").asText()).isEqualTo(from.toString());
    assertThat(after.at("/spans/1/from").asText()).isEqualTo(from.toString());
    assertThat(after.at("/spans/1/values/name").asText()).isEqualTo("新名小学");
    JsonNode made = after.at("/changes/0");
    assertThat(made.get("account").asText()).isEqualTo("admin");
    assertThat(made.at("/detail/reason").asText()).isEqualTo("as the bureau says");
    assertThat(made.at("/detail/changed/students/before").asText()).isEqualTo("200");
    assertThat(made.at("/detail/changed/students/after").asText()).isEqualTo("321");
    assertThat(newest().action()).isEqualTo("register.school");
    assertThat(newest().subject()).isEqualTo(SCHOOL);
    JsonNode bureau = good("GET", TEMPLATE, ask("GET", "bureau", REGISTER, null));
    assertThat(bureau.at("/changes/0/source").asText()).as("not the bureau's to know").isEmpty();
    assertThat(server.collector().registry().at(from).school(SCHOOL))
        .extracting(School::name)
        .isEqualTo("新名小学");
  }

  @Test
  void aRegionIsRenamedInThePast() throws Exception {
    String path = "/api/v1/regions/440307001/register";
    LocalDate from = server.collector().registry().today().minusDays(90);
    JsonNode after =
        good(
            "POST",
            "/api/v1/regions/{code}/register",
            ask("POST", "admin", path, edit(from, "{\"name_en\": \"Dragon City\"}")));
    assertThat(after.get("nameEn").asText()).isEqualTo("Dragon City");
    assertThat(after.get("spans")).hasSize(2);
    good("GET", "/api/v1/regions/{code}/register", ask("GET", "technician", path, null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"students\": \"many\"}|students",
        "{\"lon\": \"11.4\"}|lon",
        "{\"region\": \"440399999\"}|region",
        "{\"stage\": \"kindergarten\"}|stage",
        "{\"code\": \"2144000099\"}|code",
        "{\"colour\": \"red\"}|unknown",
        "{\"name\": \"\"}|name",
        "{}|nothing would change"
      })
  void whatIsWrongIsSaidInWords(String values, String part) throws Exception {
    LocalDate today = server.collector().registry().today();
    long before = server.collector().registry().revision();
    HttpResponse<String> refused = ask("POST", "admin", REGISTER, edit(today, values));
    assertThat(codeOf(refused, 400)).isEqualTo("entry-refused");
    assertThat(JSON.readTree(refused.body()).get("detail").asText()).contains(part);
    assertThat(JSON.readTree(refused.body()).get("detailZh").asText())
        .containsPattern("\\p{IsHan}");
    assertThat(server.collector().registry().revision()).isEqualTo(before);
  }

  @Test
  void aSlipOfTheKeyboardIsNoDay() throws Exception {
    String body = edit(LocalDate.of(1026, 9, 1), "{\"students\": \"1\"}");
    assertThat(codeOf(ask("POST", "admin", REGISTER, body), 400)).isEqualTo("bad-body");
    String none = "{\"from\": \"2026-09-01\", \"values\": {\"students\": \"1\"}}";
    assertThat(codeOf(ask("POST", "admin", REGISTER, none), 400)).isEqualTo("bad-body");
  }

  @Test
  void onlyAdministratorsChangeAndOnlyTheOfficeLooks() throws Exception {
    String body = edit(server.collector().registry().today(), "{\"students\": \"1\"}");
    for (String who : List.of("bureau", "technician", "school")) {
      assertThat(codeOf(ask("POST", who, REGISTER, body), 403)).isEqualTo("not-your-task");
    }
    assertThat(codeOf(ask("GET", "school", REGISTER, null), 403)).isEqualTo("not-your-task");
    assertThat(codeOf(ask("GET", "", REGISTER, null), 403)).isEqualTo("not-your-task");
    assertThat(codeOf(ask("POST", "", REGISTER, body), 401)).isEqualTo("sign-in-first");
    String other = "/api/v1/schools/2144990099/register";
    assertThat(ask("GET", "admin", other, null).statusCode()).isEqualTo(404);
    for (String who : List.of("bureau", "technician", "school")) {
      assertThat(ask("GET", who, "/api/v1/imports", null).statusCode()).isEqualTo(403);
      assertThat(handIn(who, "kind=schools&name=a.csv", "code\n").statusCode()).isEqualTo(403);
    }
    assertThat(handIn("", "kind=schools&name=a.csv", "code\n").statusCode()).isEqualTo(401);
  }

  private HttpResponse<String> handIn(String who, String query, String text) throws Exception {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return send("POST", who, "/api/v1/imports?" + query, bytes, "octet-stream");
  }

  private JsonNode settled(String id) {
    return await()
        .atMost(PATIENCE)
        .until(
            () ->
                good(
                    "GET",
                    "/api/v1/imports/{id}",
                    ask("GET", "admin", "/api/v1/imports/" + id, null)),
            job -> !List.of("CHECKING", "APPLYING").contains(job.get("state").asText()));
  }

  private JsonNode handedIn(String query, String text) throws Exception {
    HttpResponse<String> taken = handIn("admin", query, text);
    return settled(good("POST", "/api/v1/imports", taken).get("id").asText());
  }

  private HttpResponse<String> apply(JsonNode job) throws Exception {
    String path = "/api/v1/imports/" + job.get("id").asText() + "/apply";
    return ask("POST", "admin", path, null);
  }

  private static String classes(String... rows) {
    return "school,class,grade,platform_declared\n" + String.join("\n", rows) + "\n";
  }

  @Test
  void aFileIsLookedAtFirstAndWrittenWhenSomebodySaysSo() throws Exception {
    String school = TestServer.SCHOOLS.get(5);
    String file =
        classes(school + ",一年级1班,2,true", school + ",一年级2班,1,true", school + ",六年级9班,6,false");
    int before = server.collector().registry().inventory(school).classes().size();
    JsonNode job = handedIn("kind=classes&name=D%3A%5Coffice%5Cclasses.csv", file);
    assertThat(job.get("state").asText()).isEqualTo("CHECKED");
    assertThat(job.get("file").asText()).isEqualTo("classes.csv");
    assertThat(job.get("rows").asInt()).isEqualTo(4);
    assertThat(job.get("totals").toString())
        .isEqualTo("{\"added\":1,\"changed\":1,\"unchanged\":1,\"ended\":0,\"problems\":0}");
    assertThat(job.at("/changed/0/label").asText()).isEqualTo(school + " 一年级1班");
    assertThat(job.at("/changed/0/differences/grade/before").asText()).isEqualTo("1");
    assertThat(job.at("/changed/0/differences/grade/after").asText()).isEqualTo("2");
    assertThat(job.at("/added/0/label").asText()).contains("六年级9班");
    assertThat(server.collector().registry().inventory(school).classes()).hasSize(before);

    good("POST", "/api/v1/imports/{id}/apply", apply(job));
    JsonNode done = settled(job.get("id").asText());
    assertThat(done.get("state").asText()).isEqualTo("APPLIED");
    assertThat(server.collector().registry().inventory(school).classes()).hasSize(before + 1);
    assertThat(newest().action()).isEqualTo("import.classes");
    assertThat(newest().subject()).isEqualTo("classes.csv");
    assertThat(newest().detail()).contains("\"added\":1", "\"changed\":1");
    assertThat(codeOf(apply(job), 400)).as("written once").isEqualTo("not-checked");
    JsonNode all = good("GET", "/api/v1/imports", ask("GET", "admin", "/api/v1/imports", null));
    assertThat(all.findValuesAsText("id")).contains(job.get("id").asText());
  }

  @Test
  void whatIsRefusedIsToldByRowAndReason() throws Exception {
    JsonNode job =
        handedIn(
            "kind=classes&name=bad.csv", classes(SCHOOL + ",一班,many,true", "123,二班,1,perhaps"));
    assertThat(job.get("state").asText()).isEqualTo("REFUSED");
    assertThat(job.at("/totals/problems").asInt()).isEqualTo(3);
    assertThat(job.at("/problems/0/row").asInt()).isEqualTo(2);
    assertThat(job.at("/problems/0/column").asText()).isEqualTo("grade");
    assertThat(job.at("/problems/0/en").asText()).contains("row 2, column grade");
    assertThat(job.at("/problems/0/zh").asText()).containsPattern("\\p{IsHan}");
    assertThat(codeOf(apply(job), 400)).isEqualTo("not-checked");
  }

  @Test
  void aRegisterThatChangedMeanwhileIsLookedAtAgain() throws Exception {
    String school = TestServer.SCHOOLS.get(4);
    String values = school + ",teachers-45-multimedia,3/12,2026-03-0";
    String header = "school,indicator,value,as_of,note,certificate\n";
    JsonNode first = handedIn("kind=declared&name=one.csv", header + values + "1,,\n");
    JsonNode second = handedIn("kind=declared&name=two.csv", header + values + "2,,\n");
    assertThat(first.at("/added/0/label").asText()).contains("teachers-45-multimedia 2026-03-01");
    good("POST", "/api/v1/imports/{id}/apply", apply(first));
    settled(first.get("id").asText());
    assertThat(codeOf(apply(second), 400)).isEqualTo("register-changed");
    JsonNode again = settled(second.get("id").asText());
    assertThat(again.get("state").asText()).isEqualTo("CHECKED");
    good("POST", "/api/v1/imports/{id}/apply", apply(again));
    assertThat(settled(second.get("id").asText()).get("state").asText()).isEqualTo("APPLIED");
    assertThat(newest().action()).isEqualTo("import.declared");
  }

  @Test
  void aFileThatIsTooLargeOrSentByAFormIsRefused() throws Exception {
    byte[] large = new byte[(16 << 20) + 1];
    HttpResponse<String> refused =
        send("POST", "admin", "/api/v1/imports?kind=schools&name=a", large, "octet-stream");
    assertThat(codeOf(refused, 413)).isEqualTo("too-large");
    assertThat(refused.body()).contains("16 MiB");
    HttpResponse<String> form =
        send("POST", "admin", "/api/v1/imports?kind=schools&name=a", new byte[9], "json");
    assertThat(codeOf(form, 400)).isEqualTo("bad-body");
    assertThat(codeOf(handIn("admin", "kind=pupils&name=a.csv", "x"), 400))
        .isEqualTo("bad-parameter");
    assertThat(codeOf(handIn("admin", "kind=schools&name=a.csv&replace=true", "x"), 400))
        .isEqualTo("bad-parameter");
    assertThat(ask("GET", "admin", "/api/v1/imports/none", null).statusCode()).isEqualTo(404);
  }

  @Test
  void calendarsAreShownAsTheyAreInForce() throws Exception {
    JsonNode all = good("GET", "/api/v1/calendars", ask("GET", "admin", "/api/v1/calendars", null));
    assertThat(all.get("problems")).isEmpty();
    assertThat(all.at("/calendars/0/schoolYears/0/terms").size()).isPositive();
    assertThat(all.at("/calendars/0/regions/0").asText()).as("named alone").isEqualTo("all");
    JsonNode days =
        good(
            "GET",
            "/api/v1/schools/{code}/calendar",
            ask(
                "GET",
                "bureau",
                "/api/v1/schools/" + SCHOOL + "/calendar?from=2026-11-23&days=7",
                null));
    assertThat(days.get("days")).hasSize(7);
    assertThat(days.at("/days/0/schoolDay").asBoolean()).isTrue();
    assertThat(days.at("/days/0/lessons").size()).isPositive();
    assertThat(days.at("/days/6/schoolDay").asBoolean()).as("a Sunday").isFalse();
  }
}
