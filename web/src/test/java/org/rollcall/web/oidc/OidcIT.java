package org.rollcall.web.oidc;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
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
import org.rollcall.web.TestServer;

/** Signing in by a real OpenID Connect provider, by hand and by a browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OidcIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PASSWORD = "correct-Horse-7";
  private static final double PATIENCE_MILLIS = 60_000;

  private final HttpClient http = HttpClient.newHttpClient();
  private final MockOAuth2Server provider =
      new MockOAuth2Server(OAuth2Config.Companion.fromJson("{\"interactiveLogin\": true}"));
  private TestServer server;
  private Playwright playwright;
  private Browser browser;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    provider.start(InetAddress.getLoopbackAddress(), 0);
    Files.writeString(folder.resolve("oidc-secret"), "a-secret-that-nobody-sees\n");
    int port = freePort();
    server =
        TestServer.start(
            folder,
            false,
            "{port: %d}".formatted(port),
            """
            oidc:
              issuer: %s
              clientId: rollcall
              clientSecret: file:oidc-secret
              site: http://127.0.0.1:%d
              name: {zh-CN: 龙岗统一身份认证, en: Longgang sign-in}
            """
                .formatted(provider.issuerUrl("district"), port));
    NewAccount root = new NewAccount("root", PASSWORD, Role.ADMINISTRATOR, null, null);
    assertThat(server.collector().accounts().add(Actor.console(), root)).isNull();
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(Path.of("/usr/bin/chromium"))
                    .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage", "--disable-quic"))
                    .setTimeout(2 * PATIENCE_MILLIS));
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  @AfterAll
  void stop() {
    if (playwright != null) {
      playwright.close();
    }
    server.close();
    provider.shutdown();
  }

  private HttpResponse<String> call(
      String method, URI address, String cookie, @Nullable String body, String type)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!cookie.isEmpty()) {
      request.header("cookie", cookie);
    }
    if (body != null) {
      request.header("content-type", type);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> api(String method, String path, String cookie, @Nullable String body)
      throws Exception {
    return call(method, server.base().resolve("/api/v1" + path), cookie, body, "application/json");
  }

  private static String cookie(HttpResponse<String> answer, String name) {
    return answer.headers().allValues("set-cookie").stream()
        .filter(set -> set.startsWith(name + "="))
        .map(set -> set.substring(0, set.indexOf(';')))
        .findFirst()
        .orElseThrow();
  }

  private static URI location(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isBetween(302, 303);
    return answer.uri().resolve(answer.headers().firstValue("location").orElseThrow());
  }

  private String root() throws Exception {
    String body = "{\"username\": \"root\", \"password\": \"%s\"}".formatted(PASSWORD);
    return cookie(api("POST", "/session", "", body), "rollcall");
  }

  private HttpResponse<String> make(String account, String identity) throws Exception {
    return api(
        "POST",
        "/accounts",
        root(),
        """
        {"name": "%s", "role": "BUREAU", "region": "440307001", "identity": "%s"}
        """
            .formatted(account, identity));
  }

  /** All the way to the provider, where somebody signs in, and back. */
  private HttpResponse<String> signIn(String to, String subject) throws Exception {
    HttpResponse<String> begun = api("GET", "/session/oidc?to=" + to, "", null);
    assertThat(begun.headers().allValues("set-cookie").toString())
        .containsIgnoringCase("HttpOnly")
        .contains("SameSite=Lax")
        .contains("Path=/api/v1/session/oidc");
    HttpResponse<String> back =
        call(
            "POST",
            location(begun),
            "",
            "username=" + subject,
            "application/x-www-form-urlencoded");
    return call("GET", location(back), cookie(begun, "rollcall-oidc"), null, "");
  }

  private AuditEntry newest(String action) {
    return server.collector().audit().list(new AuditLog.Filter("", action), 0, 1).entries().get(0);
  }

  @Test
  void whomAnAdministratorBoundComesInAndGoesWhenUnbound() throws Exception {
    JsonNode made = JSON.readTree(make("li.lei", "subject-1").body());
    assertThat(made.get("identity").asText()).isEqualTo("subject-1");
    assertThat(made.get("mustChange").asBoolean()).isFalse();

    HttpResponse<String> in = signIn("/schools%3Flang%3Den", "subject-1");
    assertThat(location(in)).isEqualTo(server.base().resolve("/schools?lang=en"));
    assertThat(in.headers().allValues("set-cookie").toString()).contains("SameSite=Strict");
    String session = cookie(in, "rollcall");
    JsonNode account = JSON.readTree(api("GET", "/context", session, null).body()).get("account");
    assertThat(account.get("username").asText()).isEqualTo("li.lei");
    assertThat(api("GET", "/schools", session, null).statusCode()).isEqualTo(200);
    assertThat(newest("login").account()).isEqualTo("li.lei");
    assertThat(newest("login").detail()).contains("\"by\":\"oidc\"", "subject-1");

    HttpResponse<String> unbound = api("PATCH", "/accounts/li.lei", root(), "{\"identity\": null}");
    assertThat(JSON.readTree(unbound.body()).get("identity").isNull()).isTrue();
    assertThat(api("GET", "/schools", session, null).statusCode()).isEqualTo(401);
    assertThat(newest("account.unbind").subject()).isEqualTo("li.lei");
  }

  @Test
  void aPasswordThatMustBeChangedIsNoMatterToWhoComesByTheProvider() throws Exception {
    make("han.mei", "subject-2");
    String given = "{\"password\": \"handed-Over-1\"}";
    JsonNode changed = JSON.readTree(api("PATCH", "/accounts/han.mei", root(), given).body());
    assertThat(changed.get("mustChange").asBoolean()).isTrue();
    String session = cookie(signIn("/", "subject-2"), "rollcall");
    assertThat(api("GET", "/schools", session, null).statusCode()).isEqualTo(200);
    String off = "{\"enabled\": false}";
    assertThat(api("PATCH", "/accounts/han.mei", root(), off).statusCode()).isEqualTo(200);
    assertThat(api("GET", "/schools", session, null).statusCode()).isEqualTo(401);
    assertThat(location(signIn("/", "subject-2")).getQuery()).isEqualTo("refused=oidc-no-account");
  }

  @Test
  void aStrangerIsRefusedAndItIsWrittenDown() throws Exception {
    assertThat(location(signIn("/?lang=en", "stranger-9")))
        .isEqualTo(server.base().resolve("/account?refused=oidc-no-account&lang=en"));
    AuditEntry refused = newest("login.refused");
    assertThat(refused.subject()).isEqualTo("stranger-9");
    assertThat(refused.detail()).contains("no-account");
    assertThat(refused.account()).isEmpty();
  }

  @Test
  void oneIdentityBelongsToOneAccount() throws Exception {
    assertThat(make("first", "subject-3").statusCode()).isEqualTo(200);
    HttpResponse<String> second = make("second", "subject-3");
    assertThat(second.statusCode()).isEqualTo(400);
    assertThat(JSON.readTree(second.body()).get("code").asText()).isEqualTo("identity-taken");
    assertThat(api("GET", "/accounts?q=second", root(), null).body()).contains("\"total\":0");
  }

  @ParameterizedTest
  @CsvSource({
    "//evil.example, /",
    "/%5Cevil.example, /",
    "https://evil.example, /",
    "/a%0d%0aset-cookie:x, /",
    "/targets, /targets"
  })
  void theWayBackIsAPageOfThisSite(String asked, String landed) throws Exception {
    make("way", "subject-4"); // refused the second time, as it is there
    assertThat(location(signIn(asked, "subject-4"))).isEqualTo(server.base().resolve(landed));
  }

  @Test
  void whoDidNotBeginHereIsSentToBeginAgain() throws Exception {
    HttpResponse<String> answer =
        api("GET", "/session/oidc/callback?code=x&state=y", "rollcall-oidc=z", null);
    assertThat(location(answer).getQuery()).isEqualTo("refused=oidc-wrong-state");
  }

  @ParameterizedTest
  @CsvSource({"zh-CN,360,LIGHT", "en,1440,DARK", "en,360,LIGHT", "zh-CN,1440,DARK"})
  void aBrowserComesInByTheButton(String language, int width, ColorScheme scheme) throws Exception {
    make("browser", "subject-5");
    List<String> faults = new ArrayList<>();
    try (BrowserContext visit =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(width, 800)
                .setColorScheme(scheme)
                .setLocale(language))) {
      visit.setDefaultTimeout(PATIENCE_MILLIS);
      Page page = visit.newPage();
      page.onPageError(faults::add);
      page.navigate(server.base() + "/account?lang=" + language);
      String name = language.equals("en") ? "Longgang sign-in" : "龙岗统一身份认证";
      assertThat(page.locator("main sign-in a.button")).hasText(name);
      picture(page, "sign-in", language, width);
      page.locator("main sign-in a.button").click();
      page.locator("input[name=username]").fill("nobody-here");
      page.locator("[type=submit]").first().click();
      assertThat(page.locator("main sign-in [role=alert]"))
          .hasText(Pattern.compile(language.equals("en") ? "no account here" : "没有与您绑定的账号"));
      picture(page, "refused", language, width);
      page.locator("main sign-in a.button").click();
      page.locator("input[name=username]").fill("subject-5");
      page.locator("[type=submit]").first().click();
      assertThat(page.locator("account-page h1")).hasText("browser");
      assertThat(page).hasURL(server.base() + "/account?lang=" + language);
    }
    assertThat(faults).isEmpty();
  }

  private static void picture(Page page, String name, String language, int width) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(Path.of("target", "oidc-" + name + "-" + language + "-" + width + ".png")));
  }
}
