package org.rollcall.collector.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
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
import org.rollcall.collector.calendar.SchoolCalendar;
import org.rollcall.collector.calendar.SchoolCalendars;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.database.OnBothDatabases;
import org.rollcall.collector.database.RegisterHome;
import org.rollcall.collector.day.MaintenanceWindow;
import org.rollcall.collector.day.MaintenanceWindows;
import org.rollcall.collector.declared.Amount;
import org.rollcall.collector.declared.DeclaredIndicator;
import org.rollcall.collector.declared.DeclaredValue;
import org.rollcall.collector.declared.DeclaredValues;
import org.rollcall.collector.documents.Document.Block;
import org.rollcall.collector.documents.Document.Table;
import org.rollcall.collector.judge.Basis;
import org.rollcall.collector.judge.Verdict.Evidence;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.paper.NoFontException;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.profile.Profiles;
import org.rollcall.collector.rectification.Task;
import org.rollcall.collector.rectification.Tasks;
import org.rollcall.collector.registry.Crs;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.registry.SchoolClass;
import org.rollcall.collector.registry.SetClock;
import org.rollcall.collector.registry.imports.RegisterEdits;
import org.rollcall.collector.requests.RequestScope;
import org.rollcall.collector.requests.SchoolRequest;
import org.rollcall.collector.requests.SchoolRequest.Judged;
import org.rollcall.collector.requests.SchoolRequests;
import org.rollcall.collector.selfcheck.SelfCheck;
import org.rollcall.collector.selfcheck.SelfCheck.Notes;
import org.rollcall.collector.selfcheck.SelfCheckItem;
import org.rollcall.collector.selfcheck.SelfChecks;
import org.rollcall.collector.snapshot.KeptFiles;
import org.rollcall.collector.snapshot.Snapshot;
import org.rollcall.collector.snapshot.SnapshotBody;
import org.rollcall.collector.snapshot.SnapshotBody.OverrideFact;
import org.rollcall.collector.snapshot.Snapshots;

@OnBothDatabases
class DocumentsTest {
  private static final String COUNTY = "440307";
  private static final String ONE = "0144000001";
  private static final String TWO = "0144000002";
  private static final LocalDate DAY = LocalDate.of(2026, 11, 20);
  private static final Actor LI = new Actor("li", "10.0.0.9");
  private static final Path CONFIG = Path.of(System.getProperty("rollcall.root", ".."), "config");

  @Parameter RegisterHome home = RegisterHome.SQLITE;

  @TempDir Path folder;
  private final SetClock clock = new SetClock(DAY, LocalTime.of(10, 20));
  private Database database;
  private Snapshots.Parts parts;
  private Snapshots snapshots;
  private Documents documents;
  private Profile profile;

  @BeforeEach
  void open() throws Exception {
    database = home.open(folder);
    profile = Objects.requireNonNull(Profiles.read(CONFIG.resolve("targets")).get("GD-2010-18"));
    SchoolCalendar calendar = SchoolCalendar.read(CONFIG.resolve("calendars/demo.yaml"));
    Basis basis = new Basis(List.of(profile), SchoolCalendars.everywhere(calendar));
    parts = Snapshots.Parts.of(database, basis, clock);
    snapshots = new Snapshots(parts, database, clock);
    documents = new Documents(database, snapshots, parts.audit(), clock, Documents.Settings.NONE);
    fill();
  }

  @Test
  void tasksStandInTheLedgerAndTheirClosureIsCounted() throws Exception {
    Task.Failed failed = new Task.Failed("GD-2010-18", "XXT-A", DAY, 6.1, 10.0, "Mbps");
    Task.Failed other = new Task.Failed("GD-2010-18", "BBT-B", DAY, null, null, "");
    parts
        .tasks()
        .make(
            LI,
            List.of(new Tasks.Wanted(ONE, failed), new Tasks.Wanted(TWO, other)),
            new Task.Plan("王主任", "换光纤", DAY.minusDays(5)));
    Task late = parts.tasks().of(ONE).get(0);
    Task.Plan moved = new Task.Plan("王主任", "换光纤", DAY.minusDays(1));
    assertThat(parts.tasks().change(LI, late, moved, "缺料")).isTrue();
    Snapshot snapshot = snapshots.make(LI, COUNTY, profile, DAY);
    assertThat(snapshots.body(snapshot).measures())
        .extracting(SnapshotBody.MeasureFact::origin)
        .containsExactly("TASK", "TASK");
    MadeDocument made = documents.make(LI, DocumentKind.ACCEPTANCE, snapshot);
    String csv = new String(file(made, DocumentFormat.CSV), StandardCharsets.UTF_8);
    assertThat(csv)
        .contains("2026-11-20: 6.1 / 10.0 Mbps", "王主任", "换光纤", "逾期未整改")
        .contains("2026-11-19(原定 2026-11-15)")
        .contains("整改任务 2 项,已销号 0 项(销号率 0.0%),逾期 2 项。");
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void fill() {
    parts
        .registry()
        .change(
            change -> {
              change.putRegions(
                  List.of(
                      new Region(COUNTY, "龙岗区", "Longgang", Region.Level.COUNTY, null),
                      new Region("440307001", "龙城街道", "A", Region.Level.TOWNSHIP, COUNTY),
                      new Region("440307002", "布吉街道", "B", Region.Level.TOWNSHIP, COUNTY)));
              change.putSchools(
                  List.of(
                      school(ONE, "龙城镇中心小学", "440307001", School.Tier.A, School.Ownership.PUBLIC),
                      school(TWO, "布吉民办小学", "440307002", School.Tier.B, School.Ownership.PRIVATE)),
                  Crs.WGS84);
              change.putClasses(
                  List.of(
                      new SchoolClass(ONE, "一(1)班", 1, true),
                      new SchoolClass(ONE, "一(2)班", 1, false)));
              return true;
            });
  }

  private static School school(
      String code, String name, String region, School.Tier tier, School.Ownership ownership) {
    return new School(
        code,
        name,
        "School " + code,
        region,
        School.Stage.PRIMARY,
        tier,
        ownership,
        School.Setting.URBAN,
        300,
        20,
        2,
        114.2,
        22.7,
        School.Medium.FIBRE,
        "电信",
        100.0,
        true);
  }

  private MadeDocument made(DocumentKind kind) {
    return documents.make(LI, kind, kind.isOf(false) ? COUNTY : ONE, profile, DAY);
  }

  @Test
  void everyKindIsMadeInEveryFormatAndTheTextOfEveryPdfCanBeCopied() throws Exception {
    for (DocumentKind kind : DocumentKind.values()) {
      MadeDocument made = made(kind);
      String text = Paper.joined(Paper.text(folder, file(made, DocumentFormat.PDF)));

      assertThat(text)
          .as(kind.id())
          .contains(Paper.joined(made.title()))
          .contains("第1页共")
          .contains("快照№" + made.snapshot().number())
          .contains(made.snapshot().sha256());
      if (kind != DocumentKind.OPERATIONS && kind != DocumentKind.POWER_ON) {
        assertThat(text).as(kind.id()).contains("龙城街道");
      }
      assertThat(new String(file(made, DocumentFormat.CSV), StandardCharsets.UTF_8))
          .startsWith("\uFEFF" + made.title())
          .contains(made.snapshot().sha256());
      assertThat(file(made, DocumentFormat.XLSX)).startsWith('P', 'K');
    }
  }

  @Test
  void theAcceptanceReportHasEverySectionAndTable() throws Exception {
    String text =
        Paper.joined(Paper.text(folder, file(made(DocumentKind.ACCEPTANCE), DocumentFormat.PDF)));

    assertThat(text)
        .contains("龙岗区“以信息化促进义务教育均衡发展实验区”建设情况验收报告(2026年度)")
        .contains("申报单位(盖章):(由填报单位填写)")
        .contains("一、基本情况", "二、组织机构与长效机制", "三、指标达成情况", "四、校校通", "五、班班通")
        .contains("六、计算机室", "七、应用与合作", "八、均衡程度", "九、年度计划完成", "十、存在问题与整改")
        .contains("十一、自评结论与申请", "附件1监测方法说明", "附件2数据质量说明", "附件3人工核定清单")
        .contains("附件4名词解释", "附件5审图号")
        .contains("表1学校基本情况汇总", "表2指标达成情况总表", "表3校校通逐校情况", "表4民办学校接入专网情况")
        .contains("表5班班通逐校情况", "表5附未配备(未见平台)班级清单", "表6计算机室情况", "表7应用与合作情况")
        .contains("表8-1校际差异系数", "表8-2城乡、公民办对比", "表8-3校内均衡异常班级")
        .contains("表9-1年度计划完成情况", "表9-2到期未完成学校名单", "表10整改台账")
        .contains("项目默认值", "镇中心小学", ONE);
  }

  @Test
  void whatNobodyKnowsIsLeftToWhoeverFilesItAndIsNoZero() {
    Document report = document(DocumentKind.ACCEPTANCE);
    List<String> rooms = rows(report, "表6").get(0);
    List<String> teachers = rows(report, "表7").get(0);

    assertThat(rooms.subList(3, 6)).containsOnly(Document.FILL);
    assertThat(teachers).startsWith("45岁以下教师开展多媒体教学", Document.FILL, Document.FILL, "—", "2");
    assertThat(rows(report, "经费").get(0))
        .containsSequence(Document.FILL, Document.FILL, Document.FILL);
  }

  @Test
  void everyNumberOfASchoolsRowNamesItsRuleAndSamples() {
    Document report = document(DocumentKind.ACCEPTANCE);

    for (String name : List.of("表3", "表5")) {
      assertThat(rows(report, name))
          .isNotEmpty()
          .allSatisfy(
              row -> {
                assertThat(row.get(row.size() - 1))
                    .matches("[A-Z]+-[A-Z]+\\(.+\\);.* 至 .*;样本 \\d+;.+");
              });
    }
    assertThat(rows(report, "表5附"))
        .contains(List.of("龙城街道", "龙城镇中心小学", ONE, "1", "一(2)班", "BBT-A;学校自报"));
    assertThat(rows(report, "附表1"))
        .extracting(row -> row.get(0))
        .containsExactlyElementsOf(profile.rules().stream().map(rule -> rule.id()).toList());
  }

  @Test
  void theSameSnapshotGivesTheSameBytesInEveryFormat() throws Exception {
    Snapshot snapshot = snapshots.make(LI, COUNTY, profile, DAY);
    MadeDocument first = documents.make(LI, DocumentKind.ACCEPTANCE, snapshot);
    MadeDocument second = documents.make(LI, DocumentKind.ACCEPTANCE, snapshot);

    for (DocumentFormat format : DocumentFormat.values()) {
      assertThat(file(second, format)).as(format.suffix()).isEqualTo(file(first, format));
      assertThat(file(first, format)).as(format.suffix()).isEqualTo(file(first, format));
    }
  }

  @Test
  void theDigestsThatAreShownAreThoseOfTheFiles() throws Exception {
    MadeDocument made = made(DocumentKind.ACCEPTANCE);
    Path snapshot = Files.write(folder.resolve("s.json"), documents.snapshotJson(made));
    Path json = Files.write(folder.resolve("d.json"), file(made, DocumentFormat.JSON));

    assertThat(Paper.run(List.of("sha256sum", snapshot.toString())))
        .startsWith(made.snapshot().sha256() + " ");
    assertThat(Paper.run(List.of("sha256sum", json.toString()))).startsWith(made.sha256() + " ");
    assertThat(Files.size(snapshot)).isEqualTo(made.snapshot().file().bytes());
  }

  @Test
  void aSnapshotStaysAsItWasWhenTheRegisterChanges() {
    Snapshot before = snapshots.make(LI, COUNTY, profile, DAY);
    byte[] then = snapshots.json(before);

    new RegisterEdits(parts.registry())
        .school(LI, ONE, new RegisterEdits.Edit(DAY, "更名", Map.of("name", "龙城新校")));
    Snapshot after = snapshots.make(LI, COUNTY, profile, DAY);

    assertThat(snapshots.json(before)).isEqualTo(then);
    assertThat(KeptFiles.sha256(then)).isEqualTo(before.sha256());
    assertThat(after.number()).isGreaterThan(before.number());
    assertThat(snapshots.body(after).schools().get(0).name()).isEqualTo("龙城新校");
    assertThat(snapshots.body(before).schools().get(0).name()).isEqualTo("龙城镇中心小学");
  }

  @Test
  void everyOverrideIsListedWithWhoWhenAndWhy() throws Exception {
    declare("粤教装〔2026〕1号");
    new RegisterEdits(parts.registry())
        .school(LI, ONE, new RegisterEdits.Edit(DAY, "核对统计", Map.of("students", "320")));
    object();
    maintain();

    MadeDocument made = made(DocumentKind.ACCEPTANCE);
    SnapshotBody body = snapshots.body(made.snapshot());
    String text = Paper.joined(Paper.text(folder, file(made, DocumentFormat.PDF)));

    assertThat(body.overrides())
        .extracting(OverrideFact::kind)
        .contains("CERTIFIED", "REGISTER", "OBJECTION", "MAINTENANCE");
    assertThat(of(body, "CERTIFIED").who()).isEqualTo("粤教装〔2026〕1号");
    assertThat(of(body, "REGISTER"))
        .satisfies(one -> assertThat(one.who()).isEqualTo("li"))
        .satisfies(one -> assertThat(one.why()).isEqualTo("核对统计"))
        .satisfies(one -> assertThat(one.what()).contains("320"));
    assertThat(of(body, "OBJECTION").why()).isEqualTo("已到校核实");
    assertThat(of(body, "MAINTENANCE"))
        .satisfies(one -> assertThat(one.who()).isEqualTo("li"))
        .satisfies(one -> assertThat(one.why()).isEqualTo("光缆割接"));
    assertThat(text).contains("核对统计", "已到校核实", "光缆割接", "粤教装〔2026〕1号");
  }

  private static OverrideFact of(SnapshotBody body, String kind) {
    return body.overrides().stream().filter(o -> o.kind().equals(kind)).findFirst().orElseThrow();
  }

  private void declare(String certificate) {
    new DeclaredValues(database, clock)
        .put(
            List.of(
                new DeclaredValue(
                    ONE,
                    DeclaredIndicator.STANDARDISED_SCHOOL,
                    new Amount.YesNo(true),
                    DAY.minusDays(3),
                    "专家组核定",
                    certificate)));
  }

  private void object() {
    Judged judged =
        new Judged(
            profile.id(),
            "XXT-A",
            DAY,
            Outcome.NOT_MET,
            Evidence.MEASURED,
            false,
            3.0,
            10.0,
            "Mbps",
            30,
            DAY.minusDays(29),
            DAY,
            "1",
            "1");
    SchoolRequests requests = parts.requests();
    long id =
        ((SchoolRequests.Asked.Kept)
                requests.ask(LI, SchoolRequest.Kind.OBJECTION, ONE, judged, "测速有误"))
            .id();
    SchoolRequest asked =
        requests.find(RequestScope.of(Viewer.administrator(), null), id).orElseThrow();
    requests.move(LI, asked, SchoolRequest.State.REJECTED, "已到校核实");
  }

  private void maintain() {
    Instant from = Instant.parse("2026-11-18T00:00:00Z");
    Instant to = Instant.parse("2026-11-18T04:00:00Z");
    new MaintenanceWindows(database).add(new MaintenanceWindow(null, ONE, from, to, "光缆割接"));
    parts
        .audit()
        .record(
            LI,
            "maintenance.add",
            ONE,
            Map.of("from", "2026-11-18T08:00", "to", "2026-11-18T12:00", "reason", "光缆割接"));
  }

  @Test
  void theSelfCheckSheetPrintsFourteenItemsAndWhatTheSchoolWrote() {
    parts
        .selfChecks()
        .write(
            LI,
            ONE,
            SelfChecks.roundOf(DAY),
            SelfCheckItem.CLASS_PLATFORM,
            new Notes("一体机 1 台", "新设班级", "", "年底前配齐", "王老师", LocalDate.of(2026, 12, 31)),
            List.of());
    Document sheet = document(DocumentKind.SELF_CHECK);
    Document report = document(DocumentKind.ACCEPTANCE);

    assertThat(rows(sheet, "自查表")).hasSize(14);
    assertThat(rows(sheet, "自查表").get(2)).contains("班级多媒体平台", "新设班级", "年底前配齐", "王老师", "2026-12-31");
    assertThat(sheet.cover()).extracting(Document.Field::text).contains(ONE, Document.FILL);
    assertThat(rows(report, "表10"))
        .singleElement()
        .satisfies(row -> assertThat(row).contains("龙城镇中心小学", "王老师", "年底前配齐", "2026-12-31", "草稿"));
  }

  @Test
  void theSelfCheckSheetPrintsItsWay() {
    SelfChecks sheets = parts.selfChecks();
    String round = SelfChecks.roundOf(DAY);
    sheets.write(
        LI, ONE, round, SelfCheckItem.PERSON, new Notes("", "", "", "", "王老师", null), List.of());
    assertThat(sheets.submit(LI, sheets.of(ONE, round), "{}")).isTrue();
    assertThat(sheets.review(LI, sheets.of(ONE, round), SelfCheck.State.RETURNED, "班级数有误"))
        .isTrue();
    Document sheet = document(DocumentKind.SELF_CHECK);

    assertThat(rows(sheet, "审核记录")).hasSize(2);
    assertThat(rows(sheet, "审核记录").get(0)).contains("已提交");
    assertThat(rows(sheet, "审核记录").get(1)).contains("已退回", "班级数有误");
  }

  @Test
  void powerOnStatisticsHaveTheColumnsAndTheNameThatSchoolsKnow() {
    MadeDocument made = made(DocumentKind.POWER_ON);

    assertThat(made.fileName(DocumentFormat.XLSX)).isEqualTo("学校终端开机使用统计_20261022-20261120.xlsx");
    assertThat(table(document(DocumentKind.POWER_ON), "表1").columns())
        .extracting(Document.Column::title)
        .containsExactly("乡镇街道", "学校", "年级", "班级总数", "日平均开机时长(分钟)", "日平均开机次数", "开机总时长", "开机总次数");
  }

  @Test
  void scansAreKeptBesideEachOtherAndNeverReplaced() {
    MadeDocument made = made(DocumentKind.ACCEPTANCE);
    byte[] pdf = "%PDF-1.4 one %%EOF".getBytes(StandardCharsets.US_ASCII);
    byte[] other = "%PDF-1.4 two %%EOF".getBytes(StandardCharsets.US_ASCII);

    assertThat(documents.attach(LI, made, "x.exe", "MZ".getBytes(StandardCharsets.US_ASCII)))
        .isNull();
    documents.attach(LI, made, "../盖章.pdf", pdf);
    documents.attach(LI, made, "again.pdf", other);

    MadeDocument now = documents.find(made.id()).orElseThrow();
    assertThat(now.sha256()).isEqualTo(made.sha256());
    assertThat(now.scans()).extracting(MadeDocument.Scan::version).containsExactly(1, 2);
    assertThat(now.scans())
        .extracting(MadeDocument.Scan::name)
        .containsExactly("盖章.pdf", "again.pdf");
    assertThat(documents.content(now.scans().get(0))).isEqualTo(pdf);
    assertThat(now.scans().get(0).file().sha256()).isEqualTo(KeptFiles.sha256(pdf));
    assertThat(documents.content(now.scans().get(1))).isEqualTo(other);
  }

  @Test
  void makingStandsInTheAuditLogWithItsDigests() {
    MadeDocument made = made(DocumentKind.ACCEPTANCE);
    List<AuditEntry> entries =
        parts.audit().list(new AuditLog.Filter("li", "", COUNTY), 0, 10).entries();

    assertThat(entries)
        .extracting(AuditEntry::action)
        .containsExactly("document.make", "snapshot.make");
    assertThat(entries.get(0).detail()).contains(made.sha256());
    assertThat(entries.get(1).detail()).contains(made.snapshot().sha256());
  }

  @Test
  void withoutAFontThePdfSaysWhichPackageAndTheRestStillComes() throws Exception {
    Documents without =
        new Documents(
            database,
            snapshots,
            parts.audit(),
            clock,
            new Documents.Settings(folder.resolve("none.ttf").toString(), null));
    MadeDocument made = made(DocumentKind.NOT_MET);

    assertThatThrownBy(() -> without.file(made, DocumentFormat.PDF))
        .isInstanceOf(NoFontException.class)
        .hasMessageContaining("fonts-noto-cjk");
    assertThat(without.file(made, DocumentFormat.XLSX)).startsWith('P', 'K');
    assertThat(without.file(made, DocumentFormat.CSV)).isNotEmpty();
    assertThat(without.file(made, DocumentFormat.JSON)).startsWith('{');
  }

  @Test
  void aDocumentThatAUnitDoesNotHaveIsRefused() {
    assertThatThrownBy(() -> documents.make(LI, DocumentKind.ACCEPTANCE, ONE, profile, DAY))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> documents.make(LI, DocumentKind.ACCEPTANCE, "1", profile, DAY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no region and no school 1");
  }

  @Test
  void aDossierHoldsEveryDocumentAndItsManifestHolds() throws Exception {
    MadeDocument stamped = made(DocumentKind.ACCEPTANCE);
    documents.attach(LI, stamped, "s.pdf", "%PDF-1.4 %%EOF".getBytes(StandardCharsets.US_ASCII));
    Dossier dossier = new Dossier(documents);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    dossier.write(dossier.make(LI, COUNTY, profile, DAY), Set.of(COUNTY), out);
    Path zip = Files.write(folder.resolve("d.zip"), out.toByteArray());
    Path into = Files.createDirectories(folder.resolve("d"));

    Paper.run(List.of("unzip", "-q", zip.toString(), "-d", into.toString()));
    String sums = Paper.run(List.of("sh", "-c", "cd '" + into + "' && sha256sum -c SHA256SUMS"));

    assertThat(sums.lines()).hasSize(6 * 4 + 1 + 2).allMatch(line -> line.endsWith(": OK"));
    assertThat(sums).contains("scans/" + stamped.id() + "/scan-1.pdf");
  }

  private byte[] file(MadeDocument made, DocumentFormat format) throws NoFontException {
    return documents.file(made, format);
  }

  private Document document(DocumentKind kind) {
    MadeDocument made = made(kind);
    return Documents.of(kind, made.snapshot(), snapshots.body(made.snapshot()), null);
  }

  private static Table table(Document document, String name) {
    for (Block block : document.blocks()) {
      @Nullable Table table = block.table();
      if (table != null && table.name().equals(name)) {
        return table;
      }
    }
    throw new AssertionError(
        name
            + " is not among "
            + document.blocks().stream()
                .map(Block::table)
                .filter(Objects::nonNull)
                .map(Table::name)
                .collect(Collectors.toCollection(ArrayList::new)));
  }

  private static List<List<String>> rows(Document document, String name) {
    return table(document, name).rows();
  }
}
