package org.rollcall.collector.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.database.OnBothDatabases;
import org.rollcall.collector.database.RegisterHome;
import org.rollcall.protocol.AgentKey;
import org.rollcall.protocol.AgentToken;
import org.rollcall.protocol.Limits;

@OnBothDatabases
class AgentsTest {
  @Parameter RegisterHome home = RegisterHome.SQLITE;

  private static final Instant NOW = Instant.parse("2026-03-02T00:00:00Z");
  private static final Duration DAY = Duration.ofHours(24);

  @TempDir Path folder;
  private Database database;
  private Agents agents;
  private final AgentKey key = AgentKey.generate();

  @BeforeEach
  void open() {
    database = home.open(folder);
    database
        .jdbi()
        .useTransaction(
            handle -> {
              handle.execute(
                  "INSERT INTO region (code, name, name_en, level)"
                      + " VALUES ('460000', '海南省', 'Hainan', 'PROVINCE')");
              for (String code : List.of("00701", "00702")) {
                handle.execute(
                    "INSERT INTO school (code, name, name_en, region, stage, tier, ownership,"
                        + " setting, students, teachers, classes) VALUES (?, '一小', 'One', '460000',"
                        + " 'PRIMARY', 'A', 'PUBLIC', 'TOWN', 1, 1, 1)",
                    code);
              }
            });
    agents = at(NOW);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Agents at(Instant now) {
    return new Agents(database.jdbi(), Clock.fixed(now, ZoneOffset.UTC), new SecureRandom());
  }

  private Redemption redeem(Agents by, String code, AgentKey with, Instant now) {
    return by.redeem(code, with.publicKey(), AgentToken.issue(with, now));
  }

  private void enrol() {
    assertThat(redeem(agents, agents.issueCode("00701", DAY), key, NOW))
        .isEqualTo(new Redemption.Enrolled(key.agentId(), "00701", "一小"));
  }

  @Test
  void anEnrolledKeyLogsInForItsSchool() {
    enrol();

    for (int i = 0; i < 2; i++) {
      assertThat(agents.authenticate(key.agentId(), AgentToken.issue(key, NOW)))
          .isEqualTo(new Login.Granted(key.agentId(), "00701"));
    }
    assertThat(agents.list())
        .containsExactly(
            new AgentEntry(
                key.agentId(), "00701", AgentEntry.Kind.AGENT, NOW, null, null, null, null, null));
  }

  @Test
  void aCodeIsGoodForOneKeyOnly() {
    String code = agents.issueCode("00701", DAY);
    redeem(agents, code, key, NOW);

    assertThat(redeem(agents, code, AgentKey.generate(), NOW)).isEqualTo(Redemption.Refused.USED);
    assertThat(redeem(agents, code, key, NOW)).isInstanceOf(Redemption.Enrolled.class);
  }

  @Test
  void ofManyThatRedeemOneCodeAtOnceOneSucceeds() throws Exception {
    String code = agents.issueCode("00701", DAY);
    ExecutorService pool = Executors.newFixedThreadPool(4);
    int enrolled = 0;
    try {
      List<Future<Redemption>> results = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        results.add(pool.submit(() -> redeem(agents, code, AgentKey.generate(), NOW)));
      }
      for (Future<Redemption> result : results) {
        enrolled += result.get() instanceof Redemption.Enrolled ? 1 : 0;
      }
    } finally {
      pool.shutdown();
      assertThat(pool.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(enrolled).isEqualTo(1);
    assertThat(agents.list()).hasSize(1);
  }

  @Test
  void everyFaultOfARedemptionHasItsReason() {
    String code = agents.issueCode("00701", DAY);
    Instant later = NOW.plus(DAY);

    assertThat(redeem(agents, "nonsense", key, NOW)).isEqualTo(Redemption.Refused.UNKNOWN);
    assertThat(redeem(at(later), code, key, later)).isEqualTo(Redemption.Refused.EXPIRED);
    assertThat(agents.redeem(code, key.publicKey(), AgentToken.issue(AgentKey.generate(), NOW)))
        .isEqualTo(Redemption.Refused.BAD_PROOF);
    assertThat(agents.redeem(code, new byte[5], "x")).isEqualTo(Redemption.Refused.BAD_PROOF);
    assertThat(redeem(agents, code, key, NOW)).isInstanceOf(Redemption.Enrolled.class);
  }

  @Test
  void codesForManySchoolsAreIssuedAllOrNone() {
    Map<String, String> codes = agents.issueCodes(List.of("00702", "00701"), DAY);
    assertThat(codes).containsOnlyKeys("00702", "00701");
    assertThat(codes.values()).doesNotHaveDuplicates();

    assertThatThrownBy(() -> agents.issueCodes(List.of("00701", "701"), DAY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("701");
    int kept =
        database
            .jdbi()
            .withHandle(
                h ->
                    h.createQuery("SELECT count(*) FROM enrolment_code")
                        .mapTo(Integer.class)
                        .one());
    assertThat(kept).isEqualTo(2);
  }

  @Test
  void aRevocationByAnotherProcessEndsCachedLoginsToo() {
    enrol();
    agents.authenticate(key.agentId(), AgentToken.issue(key, NOW));
    assertThat(at(NOW).revoke(key.agentId())).isTrue();
    assertThat(at(NOW).revoke(key.agentId())).isFalse();

    assertThat(agents.revokedSince(NOW.minusSeconds(5))).containsExactly(key.agentId());
    assertThat(agents.authenticate(key.agentId(), AgentToken.issue(key, NOW)))
        .isEqualTo(new Login.Refused("revoked"));
    assertThat(redeem(agents, agents.issueCode("00701", DAY), key, NOW))
        .isEqualTo(Redemption.Refused.REVOKED);
  }

  @Test
  void aForeignAgentLogsInWithItsPasswordAlone() {
    ForeignLogin login = agents.addForeign("00701");

    assertThat(login.userName()).startsWith("f-").matches(Limits::isAgentName);
    assertThat(login.toString()).doesNotContain(login.password());
    assertThat(agents.authenticate(login.userName(), login.password()))
        .isEqualTo(new Login.Granted(login.userName(), "00701"));
    assertThat(agents.authenticate(login.userName(), "wrong"))
        .isEqualTo(new Login.Refused("wrong-password"));
    assertThat(agents.authenticate("f-unknown", login.password()))
        .isEqualTo(new Login.Refused("unknown-agent"));
  }

  @Test
  void whoIsSeenIsNoted() {
    enrol();
    at(NOW.plusSeconds(60)).seen(List.of(key.agentId(), "a-unknown"));

    assertThat(agents.list()).extracting(AgentEntry::lastSeen).containsExactly(NOW.plusSeconds(60));
  }

  @Test
  void aHeldAgentIsLetInNoMoreUntilItIsReleased() {
    redeem(agents, agents.issueCode("00701", DAY), key, NOW);
    String token = AgentToken.issue(key, NOW);
    assertThat(agents.authenticate(key.agentId(), token)).isInstanceOf(Login.Granted.class);
    assertThat(agents.hold(key.agentId(), "/10.1.0.9:5 /10.2.0.9:6")).isTrue();
    assertThat(agents.hold(key.agentId(), "again")).as("the first proof stays").isFalse();
    assertThat(agents.authenticate(key.agentId(), token)).isEqualTo(new Login.Refused("held"));
    assertThat(agents.heldSince(NOW)).containsExactly(key.agentId());
    assertThat(agents.list().get(0).held()).isEqualTo(NOW);
    assertThat(agents.list().get(0).heldAddresses()).contains("10.1.0.9", "10.2.0.9");

    assertThat(at(NOW).release(key.agentId())).as("by another process").isTrue();
    assertThat(agents.release(key.agentId())).isFalse();
    assertThat(agents.authenticate(key.agentId(), token)).isInstanceOf(Login.Granted.class);
    assertThat(agents.heldSince(NOW)).isEmpty();
  }
}
