package org.rollcall.collector.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.collector.intake.ReportLog.Received;
import org.rollcall.collector.intake.Sender;
import org.rollcall.collector.registry.SetClock;
import org.rollcall.config.DataSize;
import org.rollcall.protocol.AgentKey;
import org.rollcall.protocol.ReportChain;
import org.rollcall.protocol.v1.AgentStanding;
import org.rollcall.protocol.v1.EvidenceRecord;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;

class EvidenceLogTest {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final Instant NOON = Instant.parse("2026-09-01T04:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir private Path data;

  private final SetClock clock = new SetClock(LocalDate.of(2026, 9, 1), LocalTime.NOON);
  private final AgentKey server = AgentKey.generate();
  private final Map<String, AgentStanding> register = new HashMap<>();

  @Test
  void everythingComesOutAsItCameAndIsProved() throws IOException {
    register.put("a-one", standing(0));
    try (EvidenceLog log = log(EvidenceSettings.DEFAULT)) {
      List<byte[]> sent = new ArrayList<>();
      for (int i = 1; i <= 5; i++) {
        byte[] report = report("a-one", i);
        sent.add(report);
        log.keep(List.of(received("S1", "a-one", report), received("S2", "a-two", new byte[0])));
      }
      clock.advance(DAY);
      log.closeDays();

      List<Sent> parts = parts(log, "S1");

      assertThat(parts).hasSize(1);
      Sent part = parts.get(0);
      assertThat(part.head().head().closed()).isTrue();
      assertThat(part.head().head().schools()).isEqualTo(2);
      assertThat(part.head().head().records()).isEqualTo(11);
      assertThat(part.records().get(0).getStanding()).isEqualTo(standing(0));
      assertThat(part.records().subList(1, 6))
          .extracting(record -> record.getReport().toByteArray())
          .containsExactlyElementsOf(sent);
      assertThat(part.records().get(1).getSource()).isEqualTo("10.1.2.3");
      assertProved(part);
    }
  }

  @Test
  void theDayThatGoesOnIsProvedByAHeadOfItsOwnWhoseTreeTheClosedOneBeginsWith() throws IOException {
    try (EvidenceLog log = log(EvidenceSettings.DEFAULT)) {
      log.keep(List.of(received("S1", "a-one", report("a-one", 1))));
      Sent open = parts(log, "S1").get(0);
      log.keep(List.of(received("S1", "a-one", report("a-one", 2))));
      clock.advance(DAY);
      log.closeDays();
      Sent closed = parts(log, "S1").get(0);

      assertThat(open.head().head().closed()).isFalse();
      assertProved(open);
      assertProved(closed);
      assertThat(closed.head().head().number()).isEqualTo(open.head().head().number());
      assertThat(closed.records()).startsWith(open.records().get(0)).hasSize(2);
    }
  }

  @Test
  void headsNameTheOneBeforeAlsoAcrossDaysWithoutReportsAndRestarts() throws IOException {
    for (int day = 0; day < 4; day++) {
      try (EvidenceLog log = log(EvidenceSettings.DEFAULT)) {
        log.keep(List.of(received("S1", "a-one", report("a-one", day + 1))));
        clock.advance(day == 1 ? DAY.multipliedBy(3) : DAY);
        log.closeDays();
      }
    }
    List<SignedHead> heads = files().heads();

    assertThat(heads).extracting(head -> head.head().number()).containsExactly(1L, 2L, 3L, 4L);
    assertThat(heads.get(0).head().previous()).isEmpty();
    for (int i = 1; i < heads.size(); i++) {
      assertThat(heads.get(i).head().previous()).isEqualTo(heads.get(i - 1).head().sha256());
    }
    assertThat(heads).allMatch(SignedHead::holds);
    assertThat(heads)
        .extracting(head -> head.head().day())
        .containsExactly(
            LocalDate.of(2026, 9, 1),
            LocalDate.of(2026, 9, 2),
            LocalDate.of(2026, 9, 5),
            LocalDate.of(2026, 9, 6));
  }

  @Test
  void aTornFrameIsNoFrameAndTheJournalGoesOnBehindTheLastWholeOne() throws IOException {
    Path journal = folder().resolve("2026-09-01.journal");
    try (EvidenceLog log = log(EvidenceSettings.DEFAULT)) {
      log.keep(List.of(received("S1", "a-one", report("a-one", 1))));
      log.keep(List.of(received("S1", "a-one", report("a-one", 2))));
    }
    byte[] whole = Files.readAllBytes(journal);
    for (int cut = 1; cut < whole.length; cut += 7) {
      Files.write(journal, java.util.Arrays.copyOf(whole, whole.length - cut));
      List<EvidenceRecord> left = new ArrayList<>();
      Journal.read(journal, left::add);
      assertThat(left.size()).isLessThan(2);
      try (EvidenceLog log = log(EvidenceSettings.DEFAULT)) {
        log.keep(List.of(received("S1", "a-one", report("a-one", 3))));
        assertThat(parts(log, "S1").get(0).records()).hasSize(left.size() + 1);
      }
    }
    Files.write(journal, whole);
    Files.write(journal, new byte[] {0, 0, 1, 0, 9, 9}, StandardOpenOption.APPEND);
    assertThat(Journal.read(journal, record -> {})).isEqualTo(whole.length);
  }

  @Test
  void aDayWhoseClosingWasCutShortIsClosedAgainWithTheSameTree() throws IOException {
    try (EvidenceLog log = log(EvidenceSettings.DEFAULT)) {
      log.keep(List.of(received("S1", "a-one", report("a-one", 1))));
    }
    byte[] journal = Files.readAllBytes(folder().resolve("2026-09-01.journal"));
    clock.advance(DAY);
    try (EvidenceLog log = log(EvidenceSettings.DEFAULT)) {
      log.closeDays();
    }
    String root = files().heads().get(0).head().root();
    Path head = folder().resolve("2026-09-01.head");
    byte[] signed = Files.readAllBytes(head);

    Files.write(folder().resolve("2026-09-01.journal"), journal);
    Files.delete(head);
    try (EvidenceLog log = log(EvidenceSettings.DEFAULT)) {
      log.closeDays();
    }
    assertThat(files().heads().get(0).head().root()).isEqualTo(root);
    assertThat(folder().resolve("2026-09-01.journal")).doesNotExist();

    Files.write(folder().resolve("2026-09-01.journal"), journal);
    Files.write(head, signed);
    try (EvidenceLog log = log(EvidenceSettings.DEFAULT)) {
      log.closeDays();
    }
    assertThat(Files.readAllBytes(head)).isEqualTo(signed);
    assertThat(folder().resolve("2026-09-01.journal")).doesNotExist();
  }

  @Test
  void aClockThatIsSetBackAddsToNoClosedDay() throws IOException {
    try (EvidenceLog log = log(EvidenceSettings.DEFAULT)) {
      log.keep(List.of(received("S1", "a-one", report("a-one", 1))));
      clock.advance(DAY);
      log.closeDays();
    }
    clock.advance(Duration.ofDays(-3));
    try (EvidenceLog log = log(EvidenceSettings.DEFAULT)) {
      log.keep(List.of(received("S1", "a-one", report("a-one", 2))));
      log.closeDays();
      assertThat(log.files().heads()).hasSize(1);
      assertThat(parts(log, "S1")).hasSize(2);
      assertThat(parts(log, "S1").get(1).head().head().day()).isEqualTo(LocalDate.of(2026, 9, 2));
    }
  }

  @Test
  void aStandingThatChangesIsRecordedOnce() throws IOException {
    register.put("a-one", standing(0));
    try (EvidenceLog log = log(EvidenceSettings.DEFAULT)) {
      log.keep(List.of(received("S1", "a-one", report("a-one", 1))));
      log.tellChanges();
      register.put("a-one", standing(NOON.toEpochMilli()));
      log.tellChanges();
      log.tellChanges();

      assertThat(parts(log, "S1").get(0).records())
          .filteredOn(EvidenceRecord::hasStanding)
          .extracting(EvidenceRecord::getStanding)
          .containsExactly(standing(0), standing(NOON.toEpochMilli()));
    }
  }

  @Test
  void recordsGoWhenTheyAreOldOrTooManyAndHeadsStay() throws IOException {
    EvidenceSettings month =
        new EvidenceSettings(Duration.ofDays(35), new DataSize(0), null, List.of());
    try (EvidenceLog log = log(month)) {
      for (int day = 0; day < 40; day++) {
        log.keep(List.of(received("S1", "a-one", report("a-one", day + 1))));
        clock.advance(DAY);
        log.closeDays();
      }
    }
    assertThat(recordFiles()).isEqualTo(35);
    assertThat(files().heads()).hasSize(40).allMatch(SignedHead::holds);

    EvidenceSettings small = new EvidenceSettings(Duration.ZERO, new DataSize(1), null, List.of());
    try (EvidenceLog log = log(small)) {
      log.closeDays();
    }
    assertThat(recordFiles()).isZero();
    assertThat(files().heads()).hasSize(40);
  }

  @Test
  void headsArePublishedIntoTheFolderNamed() throws IOException {
    Path published = data.resolve("published");
    try (EvidenceLog log =
        log(new EvidenceSettings(Duration.ZERO, new DataSize(0), published, List.of()))) {
      log.keep(List.of(received("S1", "a-one", report("a-one", 1))));
      clock.advance(DAY);
      log.closeDays();
    }
    SignedHead head =
        SignedHead.read(
            Files.readAllBytes(published.resolve("2026-09-01.head")),
            Files.readAllBytes(published.resolve("2026-09-01.head.sig")));
    assertThat(head.holds()).isTrue();
    assertThat(head.head().publicKey()).isEqualTo(server.publicKey());
  }

  @Test
  void headsAreToldWhenADayIsClosedAndAgainAtTheStart() throws IOException {
    List<String> heard = new ArrayList<>();
    try (EvidenceLog log = log(EvidenceSettings.DEFAULT)) {
      log.onClosed(heads -> heads.forEach(head -> heard.add(HeadMessage.of(head).key())));
      log.keep(List.of(received("S1", "a-one", report("a-one", 1))));
      log.closeDays();
      assertThat(heard).isEmpty();
      clock.advance(DAY);
      log.closeDays();
      log.closeDays();
      assertThat(heard).hasSize(1);
    }
    try (EvidenceLog log = log(EvidenceSettings.DEFAULT)) {
      log.onClosed(heads -> heads.forEach(head -> heard.add(HeadMessage.of(head).key())));
      log.closeDays();
    }
    assertThat(heard).hasSize(2).as("the outbox tells one key once").containsOnly(heard.get(0));
  }

  @Test
  void aCopyMadeWhileDaysAreClosedOpensAsALogOfItsOwn() throws IOException {
    try (EvidenceLog log = log(EvidenceSettings.DEFAULT)) {
      EvidenceKey.open(data);
      log.keep(List.of(received("S1", "a-one", report("a-one", 1))));
      clock.advance(DAY);
      log.closeDays();
      log.keep(List.of(received("S1", "a-one", report("a-one", 2))));
      Path copy = Files.createDirectory(data.resolve("copy"));
      EvidenceCopy.copy(data, copy);

      EvidenceFiles copied = new EvidenceFiles(EvidenceFiles.folder(copy), server, clock);
      assertThat(parts(copied, "S1"))
          .extracting(Sent::records)
          .isEqualTo(parts(log, "S1").stream().map(Sent::records).toList());
      assertThat(EvidenceKey.open(copy).publicKey()).isEqualTo(EvidenceKey.open(data).publicKey());
    }
  }

  private static void assertProved(Sent part) {
    MerkleTree tree = new MerkleTree();
    part.records().forEach(record -> tree.add(record.toByteArray()));
    SchoolRoot root = part.part().root();
    assertThat(root).isEqualTo(SchoolRoot.of("S1", tree));
    assertThat(part.head().holds()).isTrue();
    assertThat(
            MerkleTree.proves(
                SchoolRoot.of("S1", tree).leaf(),
                part.part().index(),
                part.head().head().schools(),
                part.part().path(),
                HexFormat.of().parseHex(part.head().head().root())))
        .isTrue();
  }

  /** A day's head and what the school sent that day. */
  private record Sent(SignedHead head, EvidenceFiles.SchoolPart part) {
    List<EvidenceRecord> records() {
      byte[] packed = part.packed();
      assertThat(packed).isNotNull();
      List<EvidenceRecord> records = new ArrayList<>();
      try {
        EvidenceFiles.unpack(packed == null ? new byte[0] : packed, records::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return records;
    }
  }

  private static List<Sent> parts(EvidenceLog log, String school) throws IOException {
    return parts(log.files(), school);
  }

  private static List<Sent> parts(EvidenceFiles files, String school) throws IOException {
    List<Sent> sent = new ArrayList<>();
    for (EvidenceFiles.DayPart day : files.parts(List.of(school), EvidenceFiles.Question.ALL)) {
      EvidenceFiles.SchoolPart part = day.schools().get(school);
      if (part != null) {
        sent.add(new Sent(day.head(), part));
      }
    }
    return sent;
  }

  private EvidenceLog log(EvidenceSettings settings) throws IOException {
    return new EvidenceLog(
        folder(),
        server,
        settings,
        false,
        agents -> {
          Map<String, AgentStanding> known = new HashMap<>(register);
          known.keySet().retainAll(agents);
          return known;
        },
        ZONE,
        clock);
  }

  private EvidenceFiles files() {
    return new EvidenceFiles(folder(), server, clock);
  }

  private Path folder() {
    return EvidenceFiles.folder(data);
  }

  private long recordFiles() throws IOException {
    try (var files = Files.list(folder())) {
      return files.filter(file -> file.toString().endsWith(".records")).count();
    }
  }

  private Received received(String school, String agent, byte[] payload) {
    return new Received(new Sender(agent, school, "10.1.2.3"), clock.millis(), false, payload);
  }

  private AgentStanding standing(long revoked) {
    return AgentStanding.newBuilder()
        .setPublicKey(ByteString.copyFrom(new byte[32]))
        .setEnrolledMillis(1)
        .setRevokedMillis(revoked)
        .build();
  }

  private byte[] report(String agent, long seq) {
    return new ReportChain(agent, 1, 0, new byte[0])
        .append(
            Report.newBuilder()
                .addObservations(
                    Observation.newBuilder()
                        .setSubject("link:wan")
                        .setTimeMillis(clock.millis() + seq)));
  }
}
