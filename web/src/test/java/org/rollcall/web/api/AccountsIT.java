package org.rollcall.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.collector.accounts.Accounts;
import org.rollcall.collector.accounts.NewAccount;
import org.rollcall.collector.accounts.Role;
import org.rollcall.collector.audit.Actor;
import org.rollcall.collector.registry.Region;
import org.rollcall.web.TestServer;

/** Who may come in, by session and by token, and what each role gets of another's region. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccountsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Actor BY = new Actor("", "test");
  private static final String PASSWORD = "correct-Horse-7";
  private static final String OWN = TestServer.SCHOOLS.get(0);
  private static final String FOREIGN = TestServer.SCHOOLS.get(1);

  private final HttpClient http = HttpClient.newHttpClient();
  private TestServer server;
  private Path data;
  private Accounts accounts;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    data = folder.resolve("data");
    server = TestServer.start(folder, false);
    accounts = server.collector().accounts();
    setUpTheFirstAccount();
    Region other = new Region("440307002", "布吉街道", "Buji", Region.Level.TOWNSHIP, "440307");
    server.collector().registry().change(change -> change.putRegions(List.of(other)));
    add("bureau", Role.BUREAU, "440307001", null);
    add("elsewhere", Role.BUREAU, "440307002", null);
    add("tech", Role.TECHNICIAN, "440307", null);
    add("foreign-tech", Role.TECHNICIAN, "440307002", null);
    add("school", Role.SCHOOL, null, OWN);
  }

  private void add(String name, Role role, @Nullable String region, @Nullable String school) {
    assertThat(accounts.add(BY, new NewAccount(name, PASSWORD, role, region, school))).isNull();
  }

  /** Before anything else: there is no account, and a stranger cannot make one. */
  private void setUpTheFirstAccount() throws Exception {
    assertThat(json(call("GET", "/context", "", null)).get("setup").asBoolean()).isTrue();
    String code = Files.readString(data.resolve("setup-code")).strip();
    String body = "{\"code\": \"%s\", \"username\": \"Root\", \"password\": \"%s\"}";
    HttpResponse<String> refused = call("POST", "/setup", "", body.formatted(code + "x", PASSWORD));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(json(refused).get("code").asText()).isEqualTo("wrong-setup-code");
    assertThat(call("POST", "/setup", "", body.formatted(code, "short")).statusCode())
        .isEqualTo(400);
    HttpResponse<String> made = call("POST", "/setup", "", body.formatted(code, PASSWORD));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
    assertThat(json(made).get("role").asText()).isEqualTo("ADMINISTRATOR");
    assertThat(data.resolve("setup-code")).doesNotExist();
    assertThat(json(call("GET", "/context", "", null)).get("setup").asBoolean()).isFalse();
    assertThat(call("POST", "/setup", "", body.formatted(code, PASSWORD)).statusCode())
        .isEqualTo(400);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private HttpResponse<String> call(
      String method, String path, String cookie, @Nullable String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.base().resolve("/api/v1" + path))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!cookie.isEmpty()) {
      request.header("cookie", cookie);
    }
    if (body != null && !List.of(headers).contains("content-type")) {
      request.header("content-type", "application/json");
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    return JSON.readTree(answer.body());
  }

  private HttpResponse<String> signIn(String name, String password) throws Exception {
    return call(
        "POST",
        "/session",
        "",
        "{\"username\": \"%s\", \"password\": \"%s\"}".formatted(name, password));
  }

  private static String cookie(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    String set = answer.headers().firstValue("set-cookie").orElseThrow();
    assertThat(set).containsIgnoringCase("HttpOnly").contains("SameSite=Strict");
    return set.substring(0, set.indexOf(';'));
  }

  private String cookieOf(String name) throws Exception {
    return name.isEmpty() ? "" : cookie(signIn(name, PASSWORD));
  }

  @Test
  void everyCallOfTheContractKeepsEveryRoleInItsScope() throws Exception {
    Map<String, String> callers = new LinkedHashMap<>();
    for (String name : List.of("", "elsewhere", "foreign-tech")) {
      callers.put(name, cookieOf(name));
    }
    JsonNode contract =
        new YAMLMapper()
            .readTree(
                http.send(
                        HttpRequest.newBuilder(server.base().resolve("/openapi.yaml")).build(),
                        HttpResponse.BodyHandlers.ofString())
                    .body());
    List<String> tried = new ArrayList<>();
    for (String path : (Iterable<String>) () -> contract.get("paths").fieldNames()) {
      boolean school = path.startsWith("/api/v1/schools/{code}");
      boolean region = path.startsWith("/api/v1/regions/{code}");
      if (!school && !region) {
        continue;
      }
      String asked =
          path.substring("/api/v1".length())
              .replace("{code}", school ? FOREIGN : "440307001")
              .replaceAll("\\{\\w+}", "x");
      for (Map.Entry<String, String> caller : callers.entrySet()) {
        for (String method :
            (Iterable<String>) () -> contract.at("/paths").get(path).fieldNames()) {
          if (method.equals("parameters")) {
            continue;
          }
          String body = method.equals("get") ? null : "{}";
          HttpResponse<String> answer =
              call(method.toUpperCase(java.util.Locale.ROOT), asked, caller.getValue(), body);
          tried.add(caller.getKey() + " " + method + " " + path);
          assertThat(answer.statusCode())
              .as(tried.get(tried.size() - 1) + ": " + answer.body())
              .isIn(caller.getKey().isEmpty() ? List.of(401) : List.of(400, 403, 404));
          assertThat(answer.body()).doesNotContain("求是中心小学", "龙城街道");
        }
      }
    }
    assertThat(tried).hasSizeGreaterThan(20);
  }

  @Test
  void listsHoldWhatIsInScopeAndNothingElse() throws Exception {
    for (String name : List.of("elsewhere", "foreign-tech")) {
      String cookie = cookieOf(name);
      assertThat(json(call("GET", "/schools", cookie, null)).get("total").asInt()).isZero();
      assertThat(call("GET", "/map", cookie, null).body()).doesNotContain(OWN, FOREIGN);
      assertThat(call("GET", "/regions", cookie, null).body()).doesNotContain("440307001");
    }
    String own = cookieOf("school");
    assertThat(json(call("GET", "/schools", own, null)).get("total").asInt()).isEqualTo(1);
    assertThat(call("GET", "/schools/" + OWN, own, null).statusCode()).isEqualTo(200);
    assertThat(call("GET", "/schools/" + FOREIGN, own, null).statusCode()).isEqualTo(404);
  }

  @Test
  void accountsAndTheAuditLogAreTheAdministrators() throws Exception {
    for (String name : List.of("bureau", "tech", "school")) {
      String cookie = cookieOf(name);
      assertThat(call("GET", "/accounts", cookie, null).statusCode()).isEqualTo(403);
      assertThat(call("GET", "/audit", cookie, null).statusCode()).isEqualTo(403);
      assertThat(call("POST", "/accounts", cookie, "{}").statusCode()).isEqualTo(403);
      assertThat(call("PATCH", "/accounts/root", cookie, "{\"enabled\": false}").statusCode())
          .isEqualTo(403);
    }
    assertThat(call("GET", "/accounts", "", null).statusCode()).isEqualTo(401);
    assertThat(call("POST", "/accounts", "", "{}").statusCode()).isEqualTo(401);
    String root = cookieOf("root");
    JsonNode page = json(call("GET", "/accounts?size=2", root, null));
    assertThat(page.get("items")).hasSize(2);
    assertThat(page.get("total").asInt()).isGreaterThanOrEqualTo(6);
    JsonNode log = json(call("GET", "/audit?action=account.add&size=500", root, null));
    assertThat(log.get("items").findValuesAsText("subject")).contains("root", "bureau", "school");
    assertThat(log.toString()).doesNotContain(PASSWORD, "argon2");
  }

  @Test
  void aFirstPasswordOpensNothingButTheChoiceOfAnother() throws Exception {
    String root = cookieOf("root");
    HttpResponse<String> made =
        call(
            "POST",
            "/accounts",
            root,
            """
            {"name": "newcomer", "password": "handed-Over-1", "role": "bureau", "region": "440307"}
            """);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
    assertThat(json(made).get("mustChange").asBoolean()).isTrue();
    String first = cookie(signIn("newcomer", "handed-Over-1"));
    HttpResponse<String> refused = call("GET", "/schools", first, null);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(json(refused).get("code").asText()).isEqualTo("choose-a-password");
    assertThat(call("POST", "/tokens", first, "{\"purpose\": \"x\"}").statusCode()).isEqualTo(403);
    String choice = "{\"oldPassword\": \"%s\", \"newPassword\": \"%s\"}";
    assertThat(
            call("POST", "/session/password", first, choice.formatted("wrong", "my-own-Word-2"))
                .statusCode())
        .isEqualTo(400);
    HttpResponse<String> chosen =
        call(
            "POST", "/session/password", first, choice.formatted("handed-Over-1", "my-own-Word-2"));
    String second = cookie(chosen);
    assertThat(second).isNotEqualTo(first);
    assertThat(call("GET", "/schools", second, null).statusCode()).isEqualTo(200);
    assertThat(call("GET", "/schools", first, null).statusCode()).isEqualTo(401);
  }

  @Test
  void whoIsLockedOutIsOutAtOnceAndNobodyLocksHimselfOut() throws Exception {
    add("leaver", Role.BUREAU, "440307", null);
    String leaver = cookieOf("leaver");
    String root = cookieOf("root");
    assertThat(call("GET", "/schools", leaver, null).statusCode()).isEqualTo(200);
    assertThat(call("PATCH", "/accounts/leaver", root, "{\"enabled\": false}").statusCode())
        .isEqualTo(200);
    assertThat(call("GET", "/schools", leaver, null).statusCode()).isEqualTo(401);
    HttpResponse<String> himself = call("PATCH", "/accounts/root", root, "{\"enabled\": false}");
    assertThat(himself.statusCode()).isEqualTo(400);
    assertThat(call("PATCH", "/accounts/nobody", root, "{\"enabled\": true}").statusCode())
        .isEqualTo(400);
  }

  @Test
  void aTokenDoesWhatItsAccountMayUntilItIsEnded() throws Exception {
    String tech = cookieOf("tech");
    HttpResponse<String> made =
        call("POST", "/tokens", tech, "{\"purpose\": \"export\", \"days\": 1}");
    assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
    String bearer = "Bearer " + json(made).get("token").asText();
    assertThat(
            json(call("GET", "/schools", "", null, "authorization", bearer)).get("total").asInt())
        .isEqualTo(6);
    assertThat(call("GET", "/accounts", "", null, "authorization", bearer).statusCode())
        .isEqualTo(403);
    assertThat(call("GET", "/schools", tech, null, "authorization", bearer + "x").statusCode())
        .as("a bad token is not covered by a good session")
        .isEqualTo(401);
    assertThat(call("GET", "/schools", tech, null, "authorization", "Basic x").statusCode())
        .isEqualTo(401);
    assertThat(call("GET", "/tokens", tech, null).body())
        .contains("export")
        .doesNotContain(bearer.substring(30));
    String id = json(made).get("id").asText();
    assertThat(call("DELETE", "/tokens/" + id, cookieOf("bureau"), null).statusCode())
        .isEqualTo(404);
    assertThat(call("DELETE", "/tokens/" + id, tech, null).statusCode()).isEqualTo(204);
    assertThat(call("GET", "/schools", "", null, "authorization", bearer).statusCode())
        .isEqualTo(401);
    assertThat(call("POST", "/tokens", tech, "{\"purpose\": \"x\", \"days\": 367}").statusCode())
        .isEqualTo(400);
    assertThat(call("POST", "/tokens", tech, "{\"purpose\": \" \"}").statusCode()).isEqualTo(400);
  }

  @Test
  void anotherSitesPageChangesNothing() throws Exception {
    String root = cookieOf("root");
    String body =
        "{\"name\": \"forged\", \"password\": \"%s\", \"role\": \"ADMINISTRATOR\"}"
            .formatted(PASSWORD);
    String host = server.base().getAuthority();
    for (String[] headers :
        List.of(
            new String[] {"sec-fetch-site", "cross-site"},
            new String[] {"sec-fetch-site", "same-site"},
            new String[] {"origin", "https://evil.example"},
            new String[] {"origin", "null"},
            new String[] {"origin", "http://" + host + ".evil.example"})) {
      HttpResponse<String> answer = call("POST", "/accounts", root, body, headers);
      assertThat(answer.statusCode()).as(String.join(" ", headers)).isEqualTo(403);
      assertThat(json(answer).get("code").asText()).isEqualTo("other-site");
    }
    assertThat(call("POST", "/accounts", root, body, "content-type", "text/plain").statusCode())
        .isEqualTo(400);
    assertThat(accounts.find("forged")).isEmpty();
    assertThat(call("DELETE", "/session", root, null, "sec-fetch-site", "cross-site").statusCode())
        .isEqualTo(403);
    assertThat(call("GET", "/accounts", root, null).statusCode()).isEqualTo(200);
    assertThat(call("POST", "/accounts", root, body, "origin", "http://" + host).statusCode())
        .isEqualTo(200);
  }

  @Test
  void behindATlsProxyTheCookieIsForTlsAlone() throws Exception {
    String body = "{\"username\": \"bureau\", \"password\": \"%s\"}".formatted(PASSWORD);
    HttpResponse<String> answer = call("POST", "/session", "", body, "x-forwarded-proto", "https");
    assertThat(answer.headers().firstValue("set-cookie").orElseThrow()).contains("Secure");
  }

  @Test
  void badBodiesAreRefusedWithAReason() throws Exception {
    String root = cookieOf("root");
    for (String body : List.of("[]", "{", "\"x\"", "{\"name\": 5}", "{\"name\": \"abc\"}")) {
      HttpResponse<String> answer = call("POST", "/accounts", root, body);
      assertThat(answer.statusCode()).as(body).isEqualTo(400);
      assertThat(json(answer).get("detail").asText()).endsWith(".");
      assertThat(json(answer).get("detailZh").asText()).endsWith("。");
    }
  }
}
