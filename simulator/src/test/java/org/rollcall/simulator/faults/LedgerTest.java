package org.rollcall.simulator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.agent.enrolment.AgentIdentity;
import org.rollcall.collector.store.ObservationStore.SchoolReport;
import org.rollcall.collector.store.questdb.QuestDbStore;
import org.rollcall.protocol.v1.Gap;
import org.rollcall.protocol.v1.Report;
import org.rollcall.simulator.faults.Journal.Entry;
import org.rollcall.simulator.faults.RunningAgent.Member;

/** The check itself: it finds what is missing. */
class LedgerTest {
  private static final String AGENT = "a-abcdefghijklmnopqrst";
  private static final Plan PLAN = new Plan(LocalDate.of(2026, 11, 16), 3);

  @TempDir private Path folder;
  private QuestDbStore store;

  @BeforeEach
  void open() {
    store = new QuestDbStore(folder.resolve("observations"), false);
    store.start();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void stored(long... steps) {
    Report.Builder report = Report.newBuilder().setAgent(AGENT);
    for (long step : steps) {
      report.addAllObservations(PLAN.seen(PLAN.timeOf(step)));
    }
    store.write(List.of(new SchoolReport("S", report.build())));
    store.settle();
  }

  private void gap(long fromStep, long toStep) {
    Gap gap =
        Gap.newBuilder()
            .setFromMillis(PLAN.timeOf(fromStep))
            .setToMillis(PLAN.timeOf(toStep))
            .setReason("spool-full")
            .build();
    store.write(
        List.of(new SchoolReport("S", Report.newBuilder().setAgent(AGENT).addGaps(gap).build())));
    store.settle();
  }

  private Ledger ledger(boolean mayLose, String kinds) throws IOException {
    StringBuilder journal = new StringBuilder();
    for (int step = 0; step < kinds.length(); step++) {
      journal.append(new Entry(kinds.charAt(step) == 'K', step, PLAN.timeOf(step), 0, 1).line());
    }
    Files.writeString(folder.resolve(Journal.FILE), journal);
    AgentIdentity identity = new AgentIdentity("127.0.0.1", 1, "0".repeat(64), AGENT, "S", null);
    InetSocketAddress nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    try (RunningAgent agent =
        new RunningAgent(
            new Member("one", identity, folder, PLAN, "1MiB", mayLose),
            new FaultyLine(nobody, 0, 1))) {
      return Ledger.of(store, agent);
    }
  }

  @Test
  void whatIsAllThereIsGood() throws IOException {
    stored(0, 1, 2);
    stored(1, 2);
    Ledger ledger = ledger(false, "KKK");
    assertThat(ledger.accepted()).isEqualTo(9);
    assertThat(ledger.lost()).isZero();
    assertThat(ledger.duplicated()).isZero();
  }

  @Test
  void whatIsMissingIsLost() throws IOException {
    stored(0, 2);
    Ledger ledger = ledger(false, "KKK");
    assertThat(ledger.lost()).isEqualTo(3);
    assertThat(ledger.firstLost()).startsWith("K 1 ");
  }

  @Test
  void aGapRecordExcusesWhoeverHadNoRoomAndNobodyElse() throws IOException {
    stored(0, 3);
    gap(1, 2);
    assertThat(ledger(true, "KKRK").lost()).isZero();
    assertThat(ledger(true, "KKRK").dropped()).isEqualTo(6);
    assertThat(ledger(false, "KKRK").lost()).isEqualTo(6);
  }

  @Test
  void whatTheDiskRefusedMustBeToldToo() throws IOException {
    stored(0);
    gap(1, 1);
    assertThat(ledger(true, "KRR").lost()).isEqualTo(3);
  }
}
