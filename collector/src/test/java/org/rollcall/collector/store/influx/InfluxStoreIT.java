package org.rollcall.collector.store.influx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.collector.store.ObservationStoreContract;
import org.rollcall.collector.store.StoreUnavailableException;
import org.rollcall.parts.influx.InfluxServer;
import org.rollcall.protocol.v1.Observation;

/** The contract, and what is InfluxDB's own, on a real influxd. */
class InfluxStoreIT extends ObservationStoreContract {
  @TempDir static Path folder;
  private static InfluxServer server;

  private final String database = InfluxFixture.database();

  @BeforeAll
  static void startInflux() throws Exception {
    server = InfluxServer.start(folder, InfluxServer.Options.USUAL);
  }

  @AfterAll
  static void endInflux() {
    server.close();
  }

  @Override
  protected InfluxStore open() {
    InfluxStore opened =
        new InfluxStore(InfluxFixture.settings(server, database), Clock.systemUTC());
    opened.start();
    return opened;
  }

  @Test
  void aSchoolMayBeCalledAnything() {
    for (String school : List.of("a\\", "a\nb", "100%", "a b,c=d", "\"; DROP DATABASE x", "%")) {
      write(school, up("pc:a", T));
      assertThat(visited(school)).containsExactly(up("pc:a", T));
      assertThat(store.range(school, "pc:a", T, T.plusSeconds(1))).hasSize(1);
    }
    List<String> schools = new ArrayList<>();
    store.latest(T, (school, seen) -> schools.add(school));
    assertThat(schools).hasSize(6);
  }

  @Test
  void aVisitorThatGivesUpIsNotKeptWaiting() {
    Observation[] many = new Observation[20_000];
    for (int i = 0; i < many.length; i++) {
      many[i] = link(T.plusSeconds(i), i, "");
    }
    write(SCHOOL, many);
    assertThatThrownBy(
            () ->
                store.visit(
                    SCHOOL,
                    T,
                    T.plusSeconds(many.length),
                    (school, seen) -> {
                      throw new IllegalStateException("enough");
                    }))
        .hasMessage("enough");
    assertThat(all("link:wan")).hasSize(many.length);
  }

  @Test
  void oneKindIsVisitedAlone() {
    write(SCHOOL, up("pc:b", T), up("link:wan", T), up("pc:a", T));
    List<Observation> pcs = new ArrayList<>();
    store.visitKind(SCHOOL, "pc", T, T.plusSeconds(1), (school, seen) -> pcs.add(seen));
    assertThat(pcs).containsExactly(up("pc:a", T), up("pc:b", T));
    store.visitKind(SCHOOL, "no such kind", T, T.plusSeconds(1), (school, seen) -> pcs.add(seen));
    assertThat(pcs).hasSize(2);
  }

  @Test
  void aFieldOfAnotherTypeIsToldByWhatInfluxHasAndRefusedAtTheDoor() throws Exception {
    write(SCHOOL, up("pc:b", T));
    String foreign = "pc,school=x,subject=pc:x watts=5i " + T.toEpochMilli();
    assertThat(server.write(database.replace(" ", "%20"), "raw", foreign)).isEqualTo(204);
    Observation conflicting = observation("pc:a", T).putMeasures("watts", 5).build();
    assertThat(store.refuses(report(SCHOOL, conflicting).report())).isNull();
    assertThatThrownBy(
            () -> store.write(List.of(report(SCHOOL, up("pc:c", T)), report(SCHOOL, conflicting))))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(store.refuses(report(SCHOOL, conflicting).report())).isEqualTo(Fields.CONFLICT);
    assertThat(store.refuses(report(SCHOOL, up("pc:c", T)).report())).isNull();
    write(SCHOOL, up("pc:c", T));
    assertThat(all("pc:c")).hasSize(1);
  }

  @Test
  void aDroppedDatabaseIsNoticedMadeAnewAndNotAcknowledgedInBetween() throws Exception {
    write(SCHOOL, up("pc:a", T));
    server.query("DROP DATABASE \"" + database + "\"");
    assertThatThrownBy(() -> store.write(List.of(report(SCHOOL, up("pc:b", T)))))
        .isInstanceOf(StoreUnavailableException.class);
    write(SCHOOL, up("pc:b", T));
    assertThat(visited(SCHOOL)).containsExactly(up("pc:b", T));
  }

  @Test
  void aDroppedRetentionPolicyIsNoticedToo() throws Exception {
    write(SCHOOL, up("pc:a", T));
    server.query("DROP RETENTION POLICY \"raw\" ON \"" + database + "\"");
    assertThatThrownBy(() -> store.write(List.of(report(SCHOOL, up("pc:b", T)))))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(all("pc:a")).isEmpty();
    write(SCHOOL, up("pc:b", T));
    assertThat(visited(SCHOOL)).containsExactly(up("pc:b", T));
  }

  @Test
  void aQuestionToADroppedDatabaseIsAFaultAndNoEmptyAnswer() throws Exception {
    write(SCHOOL, up("pc:a", T));
    server.query("DROP DATABASE \"" + database + "\"");
    assertThatThrownBy(() -> all("pc:a"))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining(database);
    assertThatThrownBy(store::check).isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  void pointsKeepTheirSeriesAndTheirTypes() throws Exception {
    write(SCHOOL, link(T, 12.5, "rebooted"));
    String raw = "\"" + database + "\".\"raw\".\"link\"";
    assertThat(server.query("SELECT * FROM " + raw))
        .contains("[\"time\",\"inBitsPerSecond\",\"reason\",\"school\",\"subject\",\"up\"]")
        .contains("[" + T.toEpochMilli() + ",12.5,\"rebooted\",\"0755001\",\"link:wan\",1]");
    assertThat(server.query("SHOW SERIES ON \"" + database + "\""))
        .contains("[\"link,school=0755001,subject=link:wan\"]");
  }
}
