package org.rollcall.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** No text opens a connection but one that the key has signed, whatever its header says. */
class AgentTokenFuzzTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_790_000_000);
  private static final Set<String> CODES =
      Set.of("expired", "not-yet-valid", "bad-signature", "wrong-agent", "malformed");

  private static final AgentKey KEY = AgentKey.generate();
  private static final AgentKey STRANGER = AgentKey.generate();
  private static final PublicKey PUBLIC = AgentKey.publicKeyOf(KEY.publicKey());
  private static final String ISSUED = AgentToken.issue(KEY, NOW);

  static Stream<byte[]> seeds() {
    String claims = ISSUED.split("\\.", -1)[1];
    return Stream.of(
            ISSUED,
            AgentToken.issue(STRANGER, NOW),
            AgentToken.issue(KEY, NOW.minusSeconds(86_400)),
            AgentToken.issue(KEY, NOW.plusSeconds(86_400)),
            base64("{\"alg\":\"none\"}") + "." + claims + ".",
            base64("{\"alg\":\"HS256\"}") + "." + claims + "." + base64("0".repeat(32)),
            base64("{\"alg\":\"EdDSA\",\"b64\":false,\"crit\":[\"b64\"]}") + "." + claims + ".AA",
            base64("{\"alg\":\"dir\",\"enc\":\"A256GCM\"}") + "..AA.AA.AA",
            "..",
            "")
        .map(text -> text.getBytes(UTF_8));
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void onlyWhatTheKeySignedIsAccepted(byte[] bytes) {
    String jwt = new String(bytes, UTF_8);
    String fault = AgentTokenCheck.fault(jwt, PUBLIC, KEY.agentId(), NOW);
    if (fault == null) {
      assertThat(jwt.substring(0, jwt.lastIndexOf('.')))
          .isEqualTo(ISSUED.substring(0, ISSUED.lastIndexOf('.')));
    } else {
      assertThat(CODES).contains(fault);
    }
  }
}
