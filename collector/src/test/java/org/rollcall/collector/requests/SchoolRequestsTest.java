package org.rollcall.collector.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.rollcall.collector.accounts.Viewer;
import org.rollcall.collector.audit.Actor;
import org.rollcall.collector.audit.AuditEntry;
import org.rollcall.collector.audit.AuditLog;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.database.OnBothDatabases;
import org.rollcall.collector.database.RegisterHome;
import org.rollcall.collector.judge.Verdict;
import org.rollcall.collector.registry.Crs;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.registry.SetClock;
import org.rollcall.collector.requests.SchoolRequest.Judged;
import org.rollcall.collector.requests.SchoolRequest.Kind;
import org.rollcall.collector.requests.SchoolRequest.State;
import org.rollcall.collector.requests.SchoolRequest.Step;
import org.rollcall.collector.requests.SchoolRequests.Asked;
import org.rollcall.collector.requests.SchoolRequests.Filter;
import org.rollcall.collector.requests.SchoolRequests.Standing;

@OnBothDatabases
class SchoolRequestsTest {
  @Parameter RegisterHome home = RegisterHome.SQLITE;

  private static final Actor HEAD = new Actor("head", "10.0.0.1");
  private static final Actor LI = new Actor("li", "10.0.0.9");
  private static final String HERE = "2144000001";
  private static final String THERE = "2144000002";
  private static final LocalDate DAY = LocalDate.of(2026, 9, 16);
  private static final RequestScope ALL = new RequestScope("", "");

  @TempDir Path folder;
  private final SetClock clock = new SetClock(DAY, LocalTime.of(10, 20));
  private Database database;
  private AuditLog audit;
  private SchoolRequests requests;

  @BeforeEach
  void open() {
    database = home.open(folder);
    audit = new AuditLog(database.jdbi(), clock);
    requests = new SchoolRequests(database, audit, clock);
    new Registry(database, clock)
        .change(
            change -> {
              change.putRegions(
                  List.of(
                      new Region("440307", "龙岗区", "Longgang", Region.Level.COUNTY, null),
                      new Region("440307001", "龙城街道", "A", Region.Level.TOWNSHIP, "440307"),
                      new Region("440307002", "布吉街道", "B", Region.Level.TOWNSHIP, "440307")));
              change.putSchools(
                  List.of(school(HERE, "440307001"), school(THERE, "440307002")), Crs.WGS84);
              return null;
            });
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static School school(String code, String region) {
    return new School(
        code,
        "学校" + code,
        "School " + code,
        region,
        School.Stage.PRIMARY,
        School.Tier.A,
        School.Ownership.PUBLIC,
        School.Setting.URBAN,
        200,
        12,
        2,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static Judged judged(String rule) {
    return judged(rule, DAY);
  }

  private static Judged judged(String rule, LocalDate day) {
    return new Judged(
        "GD-2010-18",
        rule,
        day,
        Verdict.Outcome.NOT_MET,
        Verdict.Evidence.MEASURED,
        true,
        12.5,
        null,
        "Mbps",
        240,
        day.minusDays(29),
        day,
        "GD-2010-18 2",
        "demo 1");
  }

  private long kept(Asked asked) {
    assertThat(asked).isInstanceOf(Asked.Kept.class);
    return ((Asked.Kept) asked).id();
  }

  private @Nullable RequestFault refused(Asked asked) {
    return asked instanceof Asked.Refused refused ? refused.fault() : null;
  }

  private SchoolRequest objection(String school, String rule) {
    return found(
        kept(requests.ask(HEAD, Kind.OBJECTION, school, judged(rule), "the meter was off")));
  }

  private SchoolRequest found(long id) {
    return requests.find(ALL, id).orElseThrow();
  }

  private List<AuditEntry> written() {
    return audit.list(new AuditLog.Filter("", "request."), 0, 50).entries();
  }

  @Test
  void aRequestKeepsTheVerdictAsItWas() {
    SchoolRequest kept = objection(HERE, "XXT-A");
    assertThat(kept.judged()).isEqualTo(judged("XXT-A"));
    assertThat(kept.state()).isEqualTo(State.OPEN);
    assertThat(kept.account()).isEqualTo("head");
    assertThat(kept.at()).isEqualTo(clock.instant());
    assertThat(written()).singleElement().extracting(AuditEntry::action).isEqualTo("request.ask");
    assertThat(written().get(0).detail()).contains("XXT-A", "OBJECTION");
  }

  @Test
  void oneOpenRecheckOfARule() {
    long first = kept(requests.ask(HEAD, Kind.RECHECK, HERE, judged("XXT-A"), "new line"));
    assertThat(refused(requests.ask(LI, Kind.RECHECK, HERE, judged("XXT-A"), "again")))
        .isEqualTo(RequestFault.RECHECK_OPEN);
    kept(requests.ask(HEAD, Kind.RECHECK, HERE, judged("BBT-A"), "another rule"));
    kept(requests.ask(HEAD, Kind.RECHECK, THERE, judged("XXT-A"), "another school"));
    assertThat(requests.move(LI, found(first), State.DONE, "tested at 10:00: 104 Mbps")).isNull();
    kept(requests.ask(HEAD, Kind.RECHECK, HERE, judged("XXT-A"), "once more"));
    assertThat(written()).as("what is refused leaves nothing").hasSize(5);
  }

  @Test
  void anObjectionIsLookedIntoAndAnsweredOnce() {
    SchoolRequest asked = objection(HERE, "XXT-A");
    assertThat(requests.move(LI, asked, State.DONE, "")).isEqualTo(RequestFault.NO_SUCH_STEP);
    clock.set(DAY, LocalTime.of(11, 20));
    assertThat(requests.move(LI, asked, State.UNDER_REVIEW, "")).isNull();
    assertThat(requests.move(LI, asked, State.UNDER_REVIEW, ""))
        .isEqualTo(RequestFault.NO_SUCH_STEP);
    assertThat(requests.move(LI, asked, State.REJECTED, "measured again")).isNull();
    for (State late : State.values()) {
      assertThat(requests.move(HEAD, asked, late, "")).isEqualTo(RequestFault.NO_SUCH_STEP);
    }
    assertThat(requests.steps(asked.id()))
        .extracting(Step::state)
        .containsExactly(State.OPEN, State.UNDER_REVIEW, State.REJECTED);
    SchoolRequest now = found(asked.id());
    assertThat(now.state()).isEqualTo(State.REJECTED);
    assertThat(now.changed()).isEqualTo(clock.instant());
    assertThat(written()).hasSize(3);
    assertThat(written().get(0).action()).isEqualTo("request.answer");
  }

  @Test
  void aSchoolTakesAnObjectionBackAndARecheckKnowsNoReview() {
    SchoolRequest asked = objection(HERE, "XXT-A");
    assertThat(requests.move(HEAD, asked, State.WITHDRAWN, "")).isNull();
    assertThat(written().get(0).action()).isEqualTo("request.withdraw");
    SchoolRequest recheck =
        found(kept(requests.ask(HEAD, Kind.RECHECK, HERE, judged("XXT-A"), "x")));
    for (State wrong : List.of(State.UNDER_REVIEW, State.UPHELD, State.WITHDRAWN, State.OPEN)) {
      assertThat(requests.move(LI, recheck, wrong, "")).isEqualTo(RequestFault.NO_SUCH_STEP);
    }
    assertThat(requests.move(LI, recheck, State.DECLINED, "no technician")).isNull();
  }

  @Test
  void soManyObjectionsOfASchoolWaitAndNoMore() {
    for (int i = 0; i < SchoolRequests.MOST_WAITING; i++) {
      objection(HERE, "R" + i);
    }
    assertThat(refused(requests.ask(HEAD, Kind.OBJECTION, HERE, judged("R"), "x")))
        .isEqualTo(RequestFault.TOO_MANY_WAITING);
    objection(THERE, "R");
  }

  @Test
  void theQueryKeepsToTheScope() {
    long here = objection(HERE, "XXT-A").id();
    long there = objection(THERE, "XXT-A").id();
    for (Viewer viewer :
        List.of(
            Viewer.bureau("440307001"), Viewer.technician("440307001"), Viewer.ofSchool(HERE))) {
      RequestScope scope = RequestScope.of(viewer, null);
      assertThat(requests.list(scope, Filter.ALL, 0, 50).requests())
          .extracting(SchoolRequest::id)
          .containsExactly(here);
      assertThat(requests.list(scope, Filter.ALL, 0, 50).total()).isEqualTo(1);
      assertThat(requests.find(scope, there)).isEmpty();
      assertThat(requests.waiting(scope).objections()).isEqualTo(1);
    }
    assertThat(requests.waiting(RequestScope.of(Viewer.bureau("440307"), null)).objections())
        .isEqualTo(2);
    RequestScope narrow = RequestScope.of(Viewer.administrator(), "440307002");
    assertThat(requests.list(narrow, Filter.ALL, 0, 50).requests())
        .extracting(SchoolRequest::school)
        .containsExactly(THERE);
    assertThat(requests.waiting(new RequestScope("440399", "")).objections()).isZero();
    assertThatThrownBy(() -> RequestScope.of(Viewer.publicView("440307"), null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RequestScope.of(Viewer.nobody(), "440307"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatWaitsLongestComesFirstAndWhatEndedLast() {
    SchoolRequest first = objection(HERE, "A");
    SchoolRequest second = objection(HERE, "B");
    SchoolRequest third = objection(THERE, "C");
    long fourth = kept(requests.ask(HEAD, Kind.RECHECK, HERE, judged("A"), "x"));
    requests.move(HEAD, first, State.WITHDRAWN, "");
    assertThat(ids(Filter.ALL, 0, 10)).containsExactly(second.id(), third.id(), fourth, first.id());
    assertThat(ids(Filter.ALL, 1, 2)).containsExactly(third.id(), fourth);
    assertThat(ids(new Filter(null, null, Standing.ENDED), 0, 10)).containsExactly(first.id());
    assertThat(ids(new Filter(null, Kind.RECHECK, Standing.WAITING), 0, 10))
        .containsExactly(fourth);
    assertThat(ids(new Filter(THERE, null, null), 0, 10)).containsExactly(third.id());
  }

  private List<Long> ids(Filter filter, long offset, int limit) {
    return requests.list(ALL, filter, offset, limit).requests().stream()
        .map(SchoolRequest::id)
        .toList();
  }

  @Test
  void anObjectionStandsBesideTheVerdictWhileItWaitsAndWhenItIsUpheld() {
    SchoolRequest asked = objection(HERE, "XXT-A");
    assertThat(requests.objections(HERE, "GD-2010-18", DAY)).containsKey("XXT-A");
    assertThat(requests.objections(HERE, "GD-2010-18", DAY.plusDays(3))).containsKey("XXT-A");
    assertThat(requests.objections(HERE, "GD-2010-18", DAY.minusDays(1))).isEmpty();
    assertThat(requests.objections(HERE, "MOE-2017-6-L7", DAY)).isEmpty();
    assertThat(requests.objections(THERE, "GD-2010-18", DAY)).isEmpty();
    requests.move(LI, asked, State.UPHELD, "the meter was off");
    assertThat(requests.objections(HERE, "GD-2010-18", DAY).get("XXT-A"))
        .extracting(SchoolRequest::state)
        .isEqualTo(State.UPHELD);
    assertThat(requests.objections(HERE, "GD-2010-18", DAY.plusDays(1))).isEmpty();
  }

  @Test
  void evidenceIsKeptByteForByteAndABackupHasIt() {
    SchoolRequest asked = objection(HERE, "XXT-A");
    byte[] large = Evidence.pdf(Attachment.MOST_BYTES);
    byte[] small = Evidence.png(64 * 1024);
    assertThat(requests.attach(HEAD, asked, "../../合同.exe", large)).isNull();
    assertThat(requests.attach(LI, asked, "b.png", small)).isNull();
    List<Attachment> files = requests.files(asked.id());
    assertThat(files).extracting(Attachment::name).containsExactly("合同.exe", "b.png");
    assertThat(files)
        .extracting(Attachment::type)
        .containsExactly(Attachment.Type.PDF, Attachment.Type.PNG);
    assertThat(found(asked.id()).files()).isEqualTo(2);
    assertThat(requests.content(asked.id(), files.get(0).id())).hasValue(large);
    assertThat(requests.content(asked.id() + 1, files.get(0).id())).isEmpty();
    assertThat(requests.content(asked.id(), 99)).isEmpty();
    assertThat(written().get(0).action()).isEqualTo("request.attach");

    Path copy = folder.resolve("copy.db");
    database.copyTo(copy);
    try (Database restored = Database.open(copy)) {
      SchoolRequests there = new SchoolRequests(restored, audit, clock);
      assertThat(there.find(ALL, asked.id())).hasValue(found(asked.id()));
      assertThat(there.content(asked.id(), files.get(0).id())).hasValue(large);
      assertThat(there.content(asked.id(), files.get(1).id())).hasValue(small);
    }
  }

  @Test
  void whatIsTooLargeTooManyOrNothingOfTheKindIsRefused() {
    SchoolRequest asked = objection(HERE, "XXT-A");
    byte[] good = Evidence.jpeg(300);
    assertThat(requests.attach(HEAD, asked, "a", new byte[0])).isEqualTo(RequestFault.TOO_LARGE);
    assertThat(requests.attach(HEAD, asked, "a", Evidence.pdf(Attachment.MOST_BYTES + 1)))
        .isEqualTo(RequestFault.TOO_LARGE);
    assertThat(requests.attach(HEAD, asked, "a.pdf", new byte[] {'M', 'Z'}))
        .isEqualTo(RequestFault.WRONG_TYPE);
    for (int i = 0; i < Attachment.MOST_FILES; i++) {
      assertThat(requests.attach(HEAD, asked, "a", good)).isNull();
    }
    assertThat(requests.attach(HEAD, asked, "a", good)).isEqualTo(RequestFault.TOO_MANY_FILES);
    SchoolRequest recheck =
        found(kept(requests.ask(HEAD, Kind.RECHECK, HERE, judged("XXT-A"), "x")));
    assertThat(requests.attach(HEAD, recheck, "a", good)).isEqualTo(RequestFault.NO_FILES_HERE);
    requests.move(HEAD, asked, State.WITHDRAWN, "");
    assertThat(requests.attach(HEAD, asked, "a", good)).isEqualTo(RequestFault.NO_FILES_HERE);
  }

  @Test
  void theFilesOfASchoolHaveAnEnd() {
    SchoolRequest asked = objection(HERE, "XXT-A");
    assertThat(requests.attach(HEAD, asked, "a", Evidence.pdf(300))).isNull();
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "UPDATE school_request_file SET bytes = ?", RequestFiles.MOST_OF_A_SCHOOL));
    SchoolRequest another = objection(HERE, "BBT-A");
    assertThat(requests.attach(HEAD, another, "a", Evidence.pdf(300)))
        .isEqualTo(RequestFault.NO_ROOM);
    SchoolRequest there = objection(THERE, "BBT-A");
    assertThat(requests.attach(HEAD, there, "a", Evidence.pdf(300))).isNull();
  }

  @Test
  void theDatabaseItselfHoldsThatOneRecheckIsOpen() {
    SchoolRequest one = found(kept(requests.ask(HEAD, Kind.RECHECK, HERE, judged("XXT-A"), "x")));
    assertThatThrownBy(
            () ->
                database
                    .jdbi()
                    .useHandle(
                        handle ->
                            RequestRows.insert(
                                handle,
                                Kind.RECHECK,
                                HERE,
                                Objects.requireNonNull(one).judged(),
                                "again",
                                LI,
                                1)))
        .isInstanceOf(RuntimeException.class);
  }
}
