package org.rollcall.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityTest {
  private static final Instant PACKED_AT = Instant.ofEpochSecond(1_790_000_000);
  private static final Instant NOW = Instant.parse("2026-11-22T02:00:00Z");
  private static final String PIN = "ab".repeat(32);
  private final AgentKey key = AgentKey.generate();

  @Test
  void aPackedTokenIsRefusedThoughItsKeySignedIt() throws IOException {
    AgentKey key = AgentKey.generate();
    String packed = packed(key, 5_000_000);
    assertThat(packed).hasSizeLessThan(8_192);
    assertThat(
            AgentTokenCheck.fault(
                packed, AgentKey.publicKeyOf(key.publicKey()), key.agentId(), PACKED_AT))
        .isEqualTo("malformed");
  }

  @Test
  void aKeyComesBackFromItsFileAndOnlyItsOwnerMayReadIt(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("agent.key");
    key.save(file);
    AgentKey loaded = AgentKey.load(file);
    assertThat(loaded.agentId()).isEqualTo(key.agentId()).matches("a-[a-z2-7]{20}");
    assertThat(AgentKey.verify(key.publicKey(), new byte[] {7}, loaded.sign(new byte[] {7})))
        .isTrue();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void aFileThatHoldsNoKeyIsSaidToHoldNone(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("agent.key"), "hello");
    assertThatThrownBy(() -> AgentKey.load(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("holds no Ed25519 key pair");
  }

  @Test
  void halvesOfTwoKeysAreNotTakenForOne(@TempDir Path folder) throws Exception {
    Path mine = folder.resolve("mine");
    Path other = folder.resolve("other");
    key.save(mine);
    AgentKey.generate().save(other);
    String ours = Files.readString(mine);
    String theirs = Files.readString(other);
    String mixed = ours.substring(0, publicHalf(ours)) + theirs.substring(publicHalf(theirs));
    Files.writeString(mine, mixed);
    assertThatThrownBy(() -> AgentKey.load(mine)).hasMessageContaining("do not belong together");
  }

  private static int publicHalf(String pem) {
    return pem.indexOf("-----BEGIN PUBLIC");
  }

  @Test
  void aTokenIsGoodForItsAgentForItsTime() {
    String token = AgentToken.issue(key, NOW);
    var publicKey = AgentKey.publicKeyOf(key.publicKey());
    assertThat(AgentTokenCheck.fault(token, publicKey, key.agentId(), NOW)).isNull();
    assertThat(AgentTokenCheck.fault(token, publicKey, "a-other", NOW)).isEqualTo("wrong-agent");
    Instant late = NOW.plus(AgentToken.LIFETIME).plus(AgentToken.LEEWAY).plusSeconds(1);
    assertThat(AgentTokenCheck.fault(token, publicKey, key.agentId(), late)).isEqualTo("expired");
    Instant early = NOW.minus(Duration.ofHours(1));
    assertThat(AgentTokenCheck.fault(token, publicKey, key.agentId(), early))
        .isEqualTo("not-yet-valid");
  }

  @Test
  void aTokenOfAnotherKeyIsRefused() {
    String token = AgentToken.issue(AgentKey.generate(), NOW);
    var publicKey = AgentKey.publicKeyOf(key.publicKey());
    assertThat(AgentTokenCheck.fault(token, publicKey, key.agentId(), NOW))
        .isEqualTo("bad-signature");
  }

  @Test
  void aTokenThatIsNotSignedAtAllIsRefused() {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    String token =
        base64.encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8))
            + "."
            + base64.encodeToString(
                ("{\"iss\":\"" + key.agentId() + "\",\"aud\":\"rollcall\",\"exp\":9999999999}")
                    .getBytes(StandardCharsets.UTF_8))
            + ".";
    var publicKey = AgentKey.publicKeyOf(key.publicKey());
    assertThat(AgentTokenCheck.fault(token, publicKey, key.agentId(), NOW)).isEqualTo("malformed");
    assertThat(AgentTokenCheck.fault("", publicKey, key.agentId(), NOW)).isEqualTo("malformed");
  }

  @Test
  void anEnrolmentCodeSurvivesCopyingAndShowsALostCharacter() {
    EnrolmentCode code = new EnrolmentCode("collector.example", 8883, PIN, "s3cret");
    String text = code.encode();
    assertThat(EnrolmentCode.parse("  " + text + "\n")).isEqualTo(code);
    for (int i = 4; i < text.length(); i++) {
      String lost = text.substring(0, i) + text.substring(i + 1);
      assertThatThrownBy(() -> EnrolmentCode.parse(lost))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("copy the whole line once more");
    }
    assertThatThrownBy(() -> EnrolmentCode.parse("hello"))
        .hasMessage("An enrolment code begins with RC1-.");
  }

  @Test
  void anEnrolmentCodeDoesNotPrintItsSecret() {
    assertThat(new EnrolmentCode("h", 1, PIN, "s3cret")).asString().doesNotContain("s3cret");
  }

  @Test
  void topicsNameTheirAgentAndNobodyElses() {
    assertThat(Topics.agentOfReport(Topics.report("a-1"))).isEqualTo("a-1");
    assertThat(Topics.agentOfReport("rollcall/v1/a-1/config")).isNull();
    assertThat(Topics.agentOfReport("rollcall/v1//report")).isNull();
    assertThat(Topics.agentOfReport("rollcall/v1/+/report")).isNull();
    assertThat(Topics.agentOfReport("rollcall/v1/a/b/report")).isNull();
  }

  /** A token whose claims unpack to a thousand times their size. */
  static String packed(AgentKey key, int spaces) throws IOException {
    String claims =
        "{\"iss\":\"%s\",\"aud\":[\"rollcall\"],\"iat\":%d,\"exp\":%d%s}"
            .formatted(
                key.agentId(),
                PACKED_AT.getEpochSecond(),
                PACKED_AT.plusSeconds(60).getEpochSecond(),
                " ".repeat(spaces));
    ByteArrayOutputStream small = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(small)) {
      out.write(claims.getBytes(UTF_8));
    }
    String signed =
        base64("{\"alg\":\"EdDSA\",\"zip\":\"DEF\"}".getBytes(UTF_8))
            + "."
            + base64(small.toByteArray());
    return signed + "." + base64(key.sign(signed.getBytes(UTF_8)));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
