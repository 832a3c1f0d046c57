package org.rollcall.web.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.collector.accounts.Identity;

/** What is believed of a provider's word, and what is not. */
class OidcLoginTest {
  private static final String SECRET = "a-secret-of-more-than-thirty-two-letters";

  private static final Pattern PAIR = Pattern.compile("([^&=]+)=([^&]*)");

  private CrookedProvider provider;
  private final MovedClock clock = new MovedClock();
  private OidcLogin login;

  private static final class MovedClock extends Clock {
    private Duration by = Duration.ZERO;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Instant instant() {
      return Instant.now().plus(by);
    }
  }

  @BeforeEach
  void start() throws Exception {
    provider = new CrookedProvider();
    login = login("sub");
  }

  private OidcLogin login(String claim) {
    return new OidcLogin(settings(provider.issuer(), claim), clock);
  }

  private static OidcSettings settings(String issuer, String claim) {
    return new OidcSettings(
        issuer,
        "rollcall",
        SECRET,
        "http://localhost:8080/",
        claim,
        new OidcSettings.Name("认证", "District"),
        Duration.ofSeconds(60),
        Duration.ofSeconds(5));
  }

  @AfterEach
  void stop() {
    provider.close();
  }

  /** The claims of a good token for the sign-in that began so. */
  private JWTClaimsSet.Builder good(Map<String, String> asked) {
    Instant now = Instant.now();
    return new JWTClaimsSet.Builder()
        .issuer(provider.issuer())
        .subject("alice")
        .audience("rollcall")
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plusSeconds(60)))
        .claim("nonce", asked.get("nonce"));
  }

  private static String signed(JWTClaimsSet claims, RSAKey key) throws JOSEException {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims);
    token.sign(new RSASSASigner(key));
    return token.serialize();
  }

  private Map<String, String> begin() {
    return query(Objects.requireNonNull(login.start("/schools?lang=en")).provider().getRawQuery());
  }

  private static Map<String, String> query(String text) {
    Map<String, String> query = new HashMap<>();
    Matcher pairs = PAIR.matcher(text);
    while (pairs.find()) {
      query.put(pairs.group(1), URLDecoder.decode(pairs.group(2), StandardCharsets.UTF_8));
    }
    return query;
  }

  private OidcLogin.Outcome finish(Map<String, String> asked, String token) {
    provider.idToken = token;
    String state = Objects.requireNonNull(asked.get("state"));
    return login.finish(Map.of("code", "c", "state", state), state);
  }

  private OidcLogin.Outcome signIn(UnaryOperator<JWTClaimsSet.Builder> changed)
      throws JOSEException {
    Map<String, String> asked = begin();
    return finish(asked, signed(changed.apply(good(asked)).build(), provider.key));
  }

  private static OidcLogin.Refused refused(OidcFault fault) {
    return new OidcLogin.Refused(fault, "/schools?lang=en");
  }

  @Test
  void aGoodTokenNamesSomebodyAndTheWayIsAsTheStandardsSay() throws Exception {
    Map<String, String> asked = begin();
    assertThat(asked)
        .containsEntry("response_type", "code")
        .containsEntry("client_id", "rollcall")
        .containsEntry("redirect_uri", "http://localhost:8080/api/v1/session/oidc/callback")
        .containsEntry("code_challenge_method", "S256")
        .containsKeys("state", "nonce", "code_challenge");
    assertThat(finish(asked, signed(good(asked).build(), provider.key)))
        .isEqualTo(
            new OidcLogin.Vouched(
                new Identity(provider.issuer(), "sub", "alice"), "/schools?lang=en"));
    assertThat(query(provider.lastRequest))
        .containsEntry("grant_type", "authorization_code")
        .containsKey("code_verifier");
  }

  @ParameterizedTest
  @CsvSource({
    "audience, BAD_TOKEN",
    "issuer, BAD_TOKEN",
    "nonce, BAD_TOKEN",
    "noNonce, BAD_TOKEN",
    "party, BAD_TOKEN",
    "future, BAD_TOKEN",
    "expired, EXPIRED"
  })
  void aTokenForSomebodyElseOrAnotherTimeIsRefused(String what, OidcFault fault) throws Exception {
    Instant now = Instant.now();
    assertThat(
            signIn(
                claims ->
                    switch (what) {
                      case "audience" -> claims.audience("another");
                      case "issuer" -> claims.issuer("https://id.example");
                      case "nonce" -> claims.claim("nonce", "another");
                      case "noNonce" -> claims.claim("nonce", null);
                      case "party" -> claims.claim("azp", "another");
                      case "future" -> claims.issueTime(Date.from(now.plusSeconds(300)));
                      default -> claims.expirationTime(Date.from(now.minusSeconds(90)));
                    }))
        .isEqualTo(refused(fault));
  }

  @Test
  void theClocksMayDifferByAMinute() throws Exception {
    Date past = Date.from(Instant.now().minusSeconds(20));
    assertThat(signIn(claims -> claims.expirationTime(past))).isInstanceOf(OidcLogin.Vouched.class);
  }

  @Test
  void aTokenThatTheProvidersKeyDidNotSignIsRefused() throws Exception {
    Map<String, String> foreign = begin();
    RSAKey other = CrookedProvider.newKey(provider.key.getKeyID());
    assertThat(finish(foreign, signed(good(foreign).build(), other)))
        .isEqualTo(refused(OidcFault.BAD_TOKEN));

    Map<String, String> none = begin();
    assertThat(finish(none, new PlainJWT(good(none).build()).serialize()))
        .isEqualTo(refused(OidcFault.BAD_TOKEN));

    Map<String, String> bySecret = begin();
    SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), good(bySecret).build());
    token.sign(new MACSigner(SECRET));
    assertThat(finish(bySecret, token.serialize())).isEqualTo(refused(OidcFault.BAD_TOKEN));

    Map<String, String> changed = begin();
    String whole = signed(good(changed).build(), provider.key);
    assertThat(finish(changed, whole.substring(0, whole.lastIndexOf('.') + 1)))
        .isEqualTo(refused(OidcFault.BAD_TOKEN));
  }

  @Test
  void aProviderMayChangeItsKey() throws Exception {
    assertThat(signIn(claims -> claims)).isInstanceOf(OidcLogin.Vouched.class);
    provider.key = CrookedProvider.newKey("two");
    assertThat(signIn(claims -> claims)).isInstanceOf(OidcLogin.Vouched.class);
    assertThat(provider.askedForItself).hasValue(1);
  }

  @Test
  void onlyTheBrowserThatBeganComesBackOnceAndInTime() throws Exception {
    Map<String, String> asked = begin();
    String state = Objects.requireNonNull(asked.get("state"));
    provider.idToken = signed(good(asked).build(), provider.key);
    Map<String, String> brought = Map.of("code", "c", "state", state);
    for (@Nullable String kept : new @Nullable String[] {null, "", "another"}) {
      assertThat(login.finish(brought, kept))
          .isEqualTo(new OidcLogin.Refused(OidcFault.WRONG_STATE, "/"));
    }
    assertThat(login.finish(Map.of("code", "c"), state))
        .isEqualTo(new OidcLogin.Refused(OidcFault.WRONG_STATE, "/"));
    assertThat(login.finish(brought, state)).isInstanceOf(OidcLogin.Vouched.class);
    assertThat(login.finish(brought, state)).isInstanceOf(OidcLogin.Refused.class);

    String late = Objects.requireNonNull(begin().get("state"));
    clock.by = Duration.ofMinutes(11);
    assertThat(login.finish(Map.of("code", "c", "state", late), late))
        .isEqualTo(new OidcLogin.Refused(OidcFault.WRONG_STATE, "/"));
  }

  @Test
  void theProviderMaySayNo() {
    String state = Objects.requireNonNull(begin().get("state"));
    assertThat(login.finish(Map.of("error", "access_denied", "state", state), state))
        .isEqualTo(refused(OidcFault.DENIED));
  }

  @Test
  void whatAnotherProviderSentIsRefused() throws Exception {
    provider.issuerParameter = ", \"authorization_response_iss_parameter_supported\": true";
    assertThat(signIn(claims -> claims)).isEqualTo(refused(OidcFault.BAD_TOKEN));
    Map<String, String> asked = begin();
    String state = Objects.requireNonNull(asked.get("state"));
    provider.idToken = signed(good(asked).build(), provider.key);
    assertThat(login.finish(Map.of("code", "c", "state", state, "iss", provider.issuer()), state))
        .isInstanceOf(OidcLogin.Vouched.class);
  }

  @Test
  void aTokenWithoutTheClaimNamesNobody() throws Exception {
    login = login("preferred_username");
    assertThat(signIn(claims -> claims)).isEqualTo(refused(OidcFault.NO_NAME));
    assertThat(signIn(claims -> claims.claim("preferred_username", "li.lei")))
        .isEqualTo(
            new OidcLogin.Vouched(
                new Identity(provider.issuer(), "preferred_username", "li.lei"),
                "/schools?lang=en"));
  }

  @Test
  void aProviderThatDoesNotAnswerIsAskedAgainAfterARest() {
    provider.down = true;
    assertThat(login.start("/")).isNull();
    provider.down = false;
    assertThat(login.start("/")).isNull();
    assertThat(provider.askedForItself).hasValue(1);
    clock.by = Duration.ofSeconds(11);
    assertThat(login.start("/")).isNotNull();
    String state = Objects.requireNonNull(begin().get("state"));
    provider.down = true;
    assertThat(login.finish(Map.of("code", "c", "state", state), state))
        .isInstanceOf(OidcLogin.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://id.example",
        "ftp://127.0.0.1",
        "https://user@id.example",
        "id.example",
        "",
        "http://127.0.0.1.id.example"
      })
  void aProviderIsOnlyAskedWhereNobodyListens(String issuer) {
    assertThatThrownBy(() -> settings(issuer, "sub"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("https");
  }

  @Test
  void theSecretIsNotPrinted() {
    assertThat(settings("https://id.example", "sub").toString()).doesNotContain(SECRET);
  }
}
