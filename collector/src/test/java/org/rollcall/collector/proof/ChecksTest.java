package org.rollcall.collector.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.rollcall.collector.calendar.SchoolCalendar;
import org.rollcall.collector.calendar.SchoolCalendars;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.profile.Profiles;
import org.rollcall.collector.proof.Check.Kind;
import org.rollcall.collector.proof.Check.Result;
import org.rollcall.collector.registry.Inventory;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.School;
import org.rollcall.config.SettingsException;
import org.rollcall.protocol.AgentKey;
import org.rollcall.protocol.ReportChain;
import org.rollcall.protocol.v1.AgentStanding;
import org.rollcall.protocol.v1.EvidenceRecord;
import org.rollcall.protocol.v1.Gap;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;

/** Each way of cheating is visible, and an honest school's reports show none of them. */
class ChecksTest {
  private static final LocalDate AT = LocalDate.of(2026, 11, 18);
  private static final long NOON =
      AT.atTime(12, 0).atZone(ZoneId.of("Asia/Shanghai")).toInstant().toEpochMilli();
  private static final long MINUTE = 60_000;

  private final AgentKey key = AgentKey.generate();
  private final List<EvidenceRecord> records = new ArrayList<>();
  private ReportChain chain = new ReportChain(key.agentId(), 1_000, 0, new byte[0]);
  private String source = "10.1.1.1";

  @Test
  void anHonestAgentShowsNothing() throws Exception {
    standing(key, 0, 0);
    honest(12, UnaryOperator.identity());
    assertThat(results().values()).containsOnly(Result.CLEAR);
  }

  @Test
  void reportsThatNoSealCoversAreCounted() throws Exception {
    standing(key, 0, 0);
    for (int i = 0; i < 8; i++) {
      add(chain.append(report(i)));
    }
    assertThat(results().get(Kind.UNSEALED)).isEqualTo(Result.FOUND);
  }

  @Test
  void aSealByAnotherKeyIsNone() throws Exception {
    standing(key, 0, 0);
    AgentKey other = AgentKey.generate();
    for (int i = 0; i < 6; i++) {
      Report.Builder report = report(i);
      if (i > 0) {
        report.setSeal(chain.seal(other));
      }
      add(chain.append(report));
    }
    AgentChain found = result().agents().get(0);
    assertThat(found.sealed()).isZero();
    assertThat(found.badSeals()).isEqualTo(5);
    assertThat(results().get(Kind.UNSEALED)).isEqualTo(Result.FOUND);
  }

  @Test
  void aReportTakenAwayAndOneChangedBreakTheChain() throws Exception {
    standing(key, 0, 0);
    honest(12, UnaryOperator.identity());
    records.remove(5);
    assertThat(results().get(Kind.BROKEN_CHAIN)).isEqualTo(Result.FOUND);
    assertThat(result().agents().get(0).missing()).isEqualTo(1);

    records.clear();
    chain = new ReportChain(key.agentId(), 1_000, 0, new byte[0]);
    standing(key, 0, 0);
    honest(12, UnaryOperator.identity());
    EvidenceRecord changed = records.get(5);
    Report lie =
        Report.parseFrom(changed.getReport()).toBuilder()
            .setObservations(0, link(4).putMeasures("inBitsPerSecond", 9e9))
            .build();
    records.set(5, changed.toBuilder().setReport(lie.toByteString()).build());
    assertThat(result().agents().get(0).broken()).isEqualTo(1);
    assertThat(results().get(Kind.BROKEN_CHAIN)).isEqualTo(Result.FOUND);
  }

  @Test
  void whatAnAgentToldLostIsNoHole() throws Exception {
    standing(key, 0, 0);
    honest(6, UnaryOperator.identity());
    chain.append(report(6));
    chain.append(report(7));
    Report.Builder after =
        report(8)
            .setSeal(chain.seal(key))
            .addGaps(
                Gap.newBuilder()
                    .setFromSeq(7)
                    .setToSeq(8)
                    .setFromMillis(NOON)
                    .setToMillis(NOON + MINUTE)
                    .setReason("spool-full"));
    add(chain.append(after));
    AgentChain found = result().agents().get(0);
    assertThat(found.lost()).isEqualTo(2);
    assertThat(found.missing()).isZero();
    assertThat(results().get(Kind.BROKEN_CHAIN)).isEqualTo(Result.CLEAR);
  }

  @Test
  void aNumberUsedTwiceAndAHeldAgentAreACopiedKey() throws Exception {
    standing(key, 0, 0);
    honest(6, UnaryOperator.identity());
    ReportChain copy = new ReportChain(key.agentId(), 1_000, 0, new byte[0]);
    add(copy.append(report(40)));
    assertThat(results().get(Kind.CLONED_KEY)).isEqualTo(Result.FOUND);
    records.remove(records.size() - 1);
    assertThat(results().get(Kind.CLONED_KEY)).isEqualTo(Result.CLEAR);
    standing(key, 0, NOON);
    assertThat(results().get(Kind.CLONED_KEY)).isEqualTo(Result.FOUND);
  }

  @Test
  void aNameThatIsNotItsKeysIsFound() throws Exception {
    standing(AgentKey.generate(), 0, 0);
    honest(6, UnaryOperator.identity());
    assertThat(result().agents().get(0).named()).isFalse();
    assertThat(results().get(Kind.CLONED_KEY)).isEqualTo(Result.FOUND);
  }

  @Test
  void anAgentThatWentAndReportsFromTwoPlacesAreTold() throws Exception {
    standing(key, NOON, 0);
    honest(4, UnaryOperator.identity());
    source = "192.168.7.7";
    honest(4, UnaryOperator.identity());
    assertThat(results().get(Kind.KEY_CHANGED)).isEqualTo(Result.FOUND);
    assertThat(results().get(Kind.AGENT_MOVED)).isEqualTo(Result.FOUND);
  }

  @Test
  void aClockAheadOrSetBackIsFound() throws Exception {
    standing(key, 0, 0);
    honest(6, report -> report.setCreatedMillis(report.getCreatedMillis() + 10 * MINUTE));
    assertThat(results().get(Kind.WRONG_CLOCK)).isEqualTo(Result.FOUND);
    records.clear();
    chain = new ReportChain(key.agentId(), 1_000, 0, new byte[0]);
    standing(key, 0, 0);
    honest(
        6,
        report ->
            report.setCreatedMillis(
                report.getCreatedMillis() - (report.getCreatedMillis() > NOON ? 30 * MINUTE : 0)));
    assertThat(results().get(Kind.WRONG_CLOCK)).isEqualTo(Result.FOUND);
  }

  @Test
  void figuresThatCannotBeAreFound() throws Exception {
    standing(key, 0, 0);
    honest(12, report -> test(report, 2e8, 3));
    assertThat(results())
        .containsEntry(Kind.FASTER_THAN_PORT, Result.FOUND)
        .containsEntry(Kind.TEST_NOT_ON_LINE, Result.FOUND)
        .containsEntry(Kind.REPEATED_FIGURES, Result.FOUND)
        .containsEntry(Kind.TEST_SERVER_INSIDE, Result.CLEAR);
  }

  @Test
  void aTestWhoseOtherEndIsInTheHouseIsFound() throws Exception {
    standing(key, 0, 0);
    honest(12, report -> test(report, 2e7 + report.getCreatedMillis() % 97_000, 0.1));
    assertThat(results()).containsEntry(Kind.TEST_SERVER_INSIDE, Result.FOUND);
  }

  @Test
  void whereNothingTellsItIsSaid() throws Exception {
    assertThat(results().values()).containsOnly(Result.UNKNOWN);
  }

  /** Replaces the report's test. */
  private static Report.Builder test(Report.Builder report, double download, double rtt) {
    return report.setObservations(
        1,
        report.getObservations(1).toBuilder()
            .putMeasures("downloadBitsPerSecond", download)
            .putMeasures("rttMillis", rtt));
  }

  private void honest(int reports, UnaryOperator<Report.Builder> change) {
    for (int i = 0; i < reports; i++) {
      Report.Builder report = change.apply(report((int) chain.lastSeq()));
      if (chain.lastSeq() > 0) {
        report.setSeal(chain.seal(key));
      }
      add(chain.append(report));
    }
  }

  private static Report.Builder report(int minute) {
    return Report.newBuilder()
        .setCreatedMillis(NOON + minute * MINUTE)
        .addObservations(link(minute))
        .addObservations(
            Observation.newBuilder()
                .setSubject("throughput:wan")
                .setTimeMillis(NOON + minute * MINUTE)
                .putMeasures("downloadBitsPerSecond", 2e7 + minute * 1_000)
                .putMeasures("transferSeconds", 10)
                .putMeasures("utilisation", 0.1)
                .putMeasures("rttMillis", 3));
  }

  private static Observation.Builder link(int minute) {
    return Observation.newBuilder()
        .setSubject("link:wan")
        .setTimeMillis(NOON + minute * MINUTE)
        .putMeasures("up", 1)
        .putMeasures("speedBitsPerSecond", 1e8)
        .putMeasures("inBitsPerSecond", 4e6)
        .putMeasures("intervalSeconds", 60);
  }

  private void add(byte[] report) {
    records.add(
        EvidenceRecord.newBuilder()
            .setSchool("S1")
            .setAgent(key.agentId())
            .setSource(source)
            .setReceivedMillis(NOON + records.size() * MINUTE)
            .setReport(ByteString.copyFrom(report))
            .build());
  }

  private void standing(AgentKey its, long revoked, long held) {
    records.add(
        EvidenceRecord.newBuilder()
            .setSchool("S1")
            .setAgent(key.agentId())
            .setStanding(
                AgentStanding.newBuilder()
                    .setPublicKey(ByteString.copyFrom(its.publicKey()))
                    .setEnrolledMillis(1)
                    .setRevokedMillis(revoked)
                    .setHeldMillis(held))
            .build());
  }

  private Map<Kind, Result> results() throws IOException, SettingsException {
    Map<Kind, Result> results = new HashMap<>();
    result().checks().forEach(check -> results.put(check.kind(), check.result()));
    return results;
  }

  private Recomputation.Result result() throws IOException, SettingsException {
    School school =
        new School(
            "S1",
            "学校",
            "School",
            "440307",
            School.Stage.PRIMARY,
            School.Tier.A,
            School.Ownership.PUBLIC,
            School.Setting.TOWN,
            100,
            10,
            6,
            null,
            null,
            null,
            null,
            null,
            null);
    Facts facts =
        new Facts(
            List.of(new Region("440307", "区", "County", Region.Level.COUNTY, null)),
            List.of(new Facts.Entry(school, Inventory.empty("S1"), List.of())),
            List.of());
    SchoolCalendar calendar =
        SchoolCalendars.read(SentSchool.CALENDARS).of(school, facts.register());
    Profile profile = Profiles.read(Path.of("..", "config", "targets")).get("GD-2010-18");
    assertThat(profile).isNotNull();
    if (profile == null) {
      throw new IllegalStateException();
    }
    Recomputation recomputation = new Recomputation(facts, calendar, profile, AT);
    for (EvidenceRecord record : records) {
      recomputation.add(record);
    }
    return recomputation.close();
  }
}
