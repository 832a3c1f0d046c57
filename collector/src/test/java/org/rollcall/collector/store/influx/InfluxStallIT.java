package org.rollcall.collector.store.influx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.collector.intake.Capacity;
import org.rollcall.collector.intake.Intake;
import org.rollcall.collector.intake.Lane;
import org.rollcall.collector.intake.Outcome;
import org.rollcall.collector.intake.Reply;
import org.rollcall.collector.intake.Sender;
import org.rollcall.parts.influx.InfluxServer;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;

/** influxd stands still: the intake acknowledges nothing meanwhile, and all of it afterwards. */
class InfluxStallIT {
  private static final int REPORTS = 200;

  @TempDir Path folder;
  private final Instant now = Instant.ofEpochMilli(Instant.now().toEpochMilli());
  private final Recorder lane = new Recorder();

  private static final class Recorder implements Lane {
    final Map<Integer, Outcome> outcomes = new ConcurrentHashMap<>();

    @Override
    public void settled(List<Reply> replies) {
      replies.forEach(reply -> outcomes.put(reply.token(), reply.outcome()));
    }

    @Override
    public void resume() {}

    /** All outcomes, once there are so many. */
    Collection<Outcome> await(int reports) {
      Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> outcomes.size() == reports);
      return outcomes.values();
    }
  }

  @Test
  void nothingIsAcknowledgedWhileTheStoreStandsStillAndAllOfItAfterwards() throws Exception {
    InfluxServer server = InfluxServer.start(folder, InfluxServer.Options.USUAL);
    InfluxStore store =
        new InfluxStore(
            InfluxFixture.settings(
                server.url(), "r", InfluxFixture.FOR_EVER, Duration.ofSeconds(2)),
            Clock.systemUTC());
    try (Intake intake = new Intake(store, List.of(), Clock.systemUTC(), Capacity.DEFAULT)) {
      store.start();
      intake.start();
      submit(intake, 0);
      assertThat(lane.await(1)).allMatch(Outcome::durable);
      lane.outcomes.clear();
      server.stall();
      for (int token = 1; token <= REPORTS; token++) {
        submit(intake, token);
      }
      assertThat(lane.await(REPORTS))
          .allSatisfy(each -> assertThat(each.kind()).isEqualTo(Outcome.Kind.UNAVAILABLE));
      assertThat(intake.counts().stored()).isEqualTo(1);
      server.resume();
      lane.outcomes.clear();
      for (int token = 1; token <= REPORTS; token++) {
        submit(intake, token);
      }
      assertThat(lane.await(REPORTS)).allMatch(Outcome::durable);
      assertThat(store.range("s", "pc:a", now, now.plusSeconds(60))).hasSize(REPORTS + 1);
    } finally {
      store.close();
      server.close();
    }
  }

  private void submit(Intake intake, int token) {
    Observation seen =
        Observation.newBuilder()
            .setSubject("pc:a")
            .setTimeMillis(now.toEpochMilli() + token)
            .putMeasures("up", 1)
            .build();
    byte[] report =
        Report.newBuilder().setAgent("a-one").addObservations(seen).build().toByteArray();
    intake.submit(new Sender("a-one", "s"), ByteBuffer.wrap(report), false, lane, token);
  }
}
