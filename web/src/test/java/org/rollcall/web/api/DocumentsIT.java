package org.rollcall.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.collector.accounts.NewAccount;
import org.rollcall.collector.accounts.Role;
import org.rollcall.collector.audit.Actor;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.snapshot.KeptFiles;
import org.rollcall.web.TestServer;

/** Documents over the API: made, downloaded and stamped, by whom they may be. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocumentsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PASSWORD = "correct-Horse-7";
  private static final String OWN = TestServer.SCHOOLS.get(0);
  private static final byte[] SCAN = "%PDF-1.4 stamped %%EOF".getBytes(StandardCharsets.US_ASCII);

  private final HttpClient http = HttpClient.newHttpClient();
  private TestServer server;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    server = TestServer.start(folder, true);
    Region other = new Region("440307002", "布吉街道", "Buji", Region.Level.TOWNSHIP, "440307");
    server.collector().registry().change(change -> change.putRegions(List.of(other)));
    add("county", Role.BUREAU, "440307", null);
    add("elsewhere", Role.BUREAU, "440307002", null);
    add("school", Role.SCHOOL, null, OWN);
  }

  private void add(String name, Role role, @Nullable String region, @Nullable String school) {
    NewAccount account = new NewAccount(name, PASSWORD, role, region, school);
    assertThat(server.collector().accounts().add(new Actor("", "test"), account)).isNull();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private HttpResponse<byte[]> call(
      String method, String path, String cookie, byte @Nullable [] body, String type)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.base().resolve("/api/v1" + path))
            .header("content-type", type)
            .method(
                method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    if (!cookie.isEmpty()) {
      request.header("cookie", cookie);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private HttpResponse<byte[]> get(String path, String cookie) throws Exception {
    return call("GET", path, cookie, null, "application/json");
  }

  private HttpResponse<byte[]> post(String path, String cookie, String body) throws Exception {
    return call("POST", path, cookie, body.getBytes(StandardCharsets.UTF_8), "application/json");
  }

  private static JsonNode json(HttpResponse<byte[]> answer) throws Exception {
    JsonNode read = JSON.readTree(answer.body());
    assertThat(answer.statusCode()).as(read.toString()).isEqualTo(200);
    return read;
  }

  private String cookieOf(String name) throws Exception {
    HttpResponse<byte[]> answer =
        post(
            "/session",
            "",
            "{\"username\": \"%s\", \"password\": \"%s\"}".formatted(name, PASSWORD));
    assertThat(answer.statusCode()).isEqualTo(200);
    String set = answer.headers().firstValue("set-cookie").orElseThrow();
    return set.substring(0, set.indexOf(';'));
  }

  @Test
  void aBureauMakesTheReportOfItsCountyAndItsDigestsHold() throws Exception {
    String county = cookieOf("county");
    JsonNode made = json(post("/regions/440307/documents", county, "{\"kind\": \"acceptance\"}"));
    String path = "/documents/" + made.get("id").asLong();

    byte[] document = get(path + "/files/json", county).body();
    byte[] snapshot = get(path + "/files/snapshot", county).body();
    HttpResponse<byte[]> pdf = get(path + "/files/pdf", county);

    assertThat(KeptFiles.sha256(document)).isEqualTo(made.get("sha256").asText());
    assertThat(KeptFiles.sha256(snapshot)).isEqualTo(made.get("snapshotSha256").asText());
    assertThat(pdf.body()).startsWith('%', 'P', 'D', 'F');
    assertThat(pdf.headers().firstValue("content-disposition").orElseThrow())
        .contains("filename=\"acceptance-", "filename*=UTF-8''%E9%AA%8C%E6%94%B6");
    assertThat(get(path + "/files/xlsx", county).body()).startsWith('P', 'K');
    assertThat(get(path + "/dossier", county).body()).startsWith('P', 'K');
    assertThat(get(path + "/files/doc", county).statusCode()).isEqualTo(404);
    assertThat(json(get("/documents", county)).get("items").findValuesAsText("title"))
        .contains(made.get("title").asText());
  }

  @Test
  void whatIsOutOfScopeLooksAsIfItWereNotThere() throws Exception {
    String county = cookieOf("county");
    String school = cookieOf("school");
    String elsewhere = cookieOf("elsewhere");
    JsonNode region = json(post("/regions/440307/documents", county, "{\"kind\": \"not-met\"}"));
    JsonNode own =
        json(post("/schools/" + OWN + "/documents", school, "{\"kind\": \"self-check\"}"));
    String ofRegion = "/documents/" + region.get("id").asLong();
    String ofSchool = "/documents/" + own.get("id").asLong();

    for (String cookie : List.of(school, elsewhere)) {
      for (String path : List.of("", "/files/pdf", "/files/snapshot", "/dossier", "/scans/1")) {
        assertThat(get(ofRegion + path, cookie).statusCode()).as(path).isEqualTo(404);
      }
      assertThat(scan(ofRegion, cookie).statusCode()).isEqualTo(404);
    }
    assertThat(get(ofSchool, school).statusCode()).isEqualTo(200);
    assertThat(get(ofSchool, county).statusCode()).isEqualTo(200);
    assertThat(get(ofSchool, elsewhere).statusCode()).isEqualTo(404);
    assertThat(json(get("/documents", elsewhere)).get("total").asInt()).isZero();
    assertThat(json(get("/documents", school)).get("items").findValuesAsText("unit"))
        .isNotEmpty()
        .containsOnly(OWN);
    for (String path : List.of("/documents", ofRegion, ofRegion + "/files/json")) {
      assertThat(get(path, "").statusCode()).as(path).isIn(401, 403);
    }
    assertThat(post("/regions/440307/documents", elsewhere, "{\"kind\": \"not-met\"}").statusCode())
        .isEqualTo(404);
    assertThat(post("/regions/440307001/documents", school, "{\"kind\": \"not-met\"}").statusCode())
        .isEqualTo(403);
    assertThat(post("/regions/440307/documents", county, "{\"kind\": \"self-check\"}").statusCode())
        .isEqualTo(400);
  }

  private HttpResponse<byte[]> scan(String document, String cookie) throws Exception {
    return call("POST", document + "/scans?name=s.pdf", cookie, SCAN, "application/octet-stream");
  }

  @Test
  void aStampedScanIsKeptWithItsDigestAndANewOneIsANewVersion() throws Exception {
    String county = cookieOf("county");
    JsonNode made = json(post("/regions/440307/documents", county, "{\"kind\": \"application\"}"));
    String path = "/documents/" + made.get("id").asLong();

    json(scan(path, county));
    JsonNode twice = json(scan(path, county));
    HttpResponse<byte[]> refused =
        call(
            "POST",
            path + "/scans?name=x.pdf",
            county,
            "MZ".getBytes(StandardCharsets.US_ASCII),
            "application/octet-stream");

    assertThat(twice.get("scans")).hasSize(2);
    assertThat(twice.at("/scans/0/sha256").asText()).isEqualTo(KeptFiles.sha256(SCAN));
    assertThat(get(path + "/scans/1", county).body()).isEqualTo(SCAN);
    assertThat(refused.statusCode()).isEqualTo(400);
  }

  @Test
  void aDossierHasEveryKindOfOneSnapshot() throws Exception {
    String county = cookieOf("county");
    JsonNode made = json(post("/regions/440307/dossier", county, "{}"));

    assertThat(made.findValuesAsText("kind"))
        .containsExactly(
            "acceptance", "application", "quarterly", "not-met", "operations", "power-on");
    assertThat(made.findValuesAsText("snapshot").stream().distinct()).hasSize(1);
  }
}
