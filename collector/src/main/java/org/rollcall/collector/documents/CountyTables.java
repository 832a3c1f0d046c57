package org.rollcall.collector.documents;

import static org.rollcall.collector.documents.Document.Column.number;
import static org.rollcall.collector.documents.Document.Column.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.documents.Document.Block;
import org.rollcall.collector.selfcheck.SelfCheckItem;
import org.rollcall.collector.snapshot.SchoolFact;
import org.rollcall.collector.snapshot.SchoolFact.VerdictFact;
import org.rollcall.collector.snapshot.SnapshotBody.CountyFact;
import org.rollcall.collector.snapshot.SnapshotBody.EvennessFact;
import org.rollcall.collector.snapshot.SnapshotBody.GapFact;
import org.rollcall.collector.snapshot.SnapshotBody.MeasureFact;
import org.rollcall.collector.snapshot.SnapshotBody.PlanFact;
import org.rollcall.collector.snapshot.SnapshotBody.PlanPoint;
import org.rollcall.collector.snapshot.SnapshotBody.RegionFact;
import org.rollcall.collector.snapshot.SnapshotBody.RuleFact;
import org.rollcall.collector.snapshot.SnapshotBody.SummaryFact;

/** Tables of a whole region: 表1, 表2, 表7 to 表10. */
final class CountyTables {
  private static final Set<String> UNEVEN =
      Set.of("classes-without-while-others", "classes-used-little", "classes-spread");

  private final Facts facts;

  CountyTables(Facts facts) {
    this.facts = facts;
  }

  /** 表1. */
  Block schools() {
    List<List<String>> rows = new ArrayList<>();
    List<String> regions =
        facts.body().schools().stream().map(SchoolFact::region).distinct().toList();
    for (String region : regions) {
      for (String tier : List.of("A", "B", "C")) {
        for (String ownership : List.of("PUBLIC", "PRIVATE")) {
          List<SchoolFact> some =
              facts.schools(
                  one ->
                      one.region().equals(region)
                          && one.tier().equals(tier)
                          && one.ownership().equals(ownership));
          if (!some.isEmpty()) {
            rows.add(counts(facts.regionName(region), Words.tier(tier), Words.of(ownership), some));
          }
        }
      }
    }
    for (String tier : List.of("A", "B", "C")) {
      rows.add(counts("合计", Words.tier(tier), "", facts.schools(one -> one.tier().equals(tier))));
    }
    rows.add(counts("合计", "全部", "", facts.body().schools()));
    return Facts.table(
        "表1",
        "学校基本情况汇总",
        List.of(
            text("镇街", 4),
            text("类别", 4),
            text("办学", 2),
            number("校数"),
            number("班数"),
            number("学生数"),
            number("专任教师数"),
            text("依据", 4)),
        rows,
        "取自学校台账 " + facts.body().at() + " 的在办学校;教学点单列,不计入 A、B 类达标率。");
  }

  private List<String> counts(
      String region, String tier, String ownership, List<SchoolFact> schools) {
    return List.of(
        region,
        tier,
        ownership,
        Integer.toString(schools.size()),
        Long.toString(schools.stream().mapToLong(SchoolFact::classes).sum()),
        Long.toString(schools.stream().mapToLong(SchoolFact::students).sum()),
        Long.toString(schools.stream().mapToLong(SchoolFact::teachers).sum()),
        "台账版本 " + facts.body().registerRevision());
  }

  /** 表2. */
  Block targets() {
    List<List<String>> rows = new ArrayList<>();
    for (SummaryFact summary : facts.region().summaries()) {
      RuleFact rule = facts.rule(summary.rule());
      if (!rule.county()) {
        rows.add(target(rule, summary));
      }
    }
    for (CountyFact finding : facts.body().county()) {
      rows.add(target(facts.rule(finding.rule()), finding));
    }
    return Facts.table(
        "表2",
        "指标达成情况总表",
        List.of(
            number("序号"),
            text("指标", 5),
            text("标准值", 4),
            text("实际值", 3),
            number("达标校数"),
            number("应评校数"),
            text("达标率", 4),
            number("数据不足数"),
            text("结论", 2),
            text("证据等级", 3),
            text("依据", 4)),
        Facts.numbered(rows),
        "达标率=达标校数÷应评校数;数据不足的学校计入应评、不计为达标,括号内为其全部达标时的最高值。基本实现、全面实现的界线见附件1。");
  }

  private List<String> target(RuleFact rule, SummaryFact summary) {
    Long met = summary.unitsMet();
    Long all = summary.units();
    boolean nothing = summary.inScope() > 0 && summary.insufficient() == summary.inScope();
    String share = nothing ? "数据不足" : Words.percent(summary.met(), summary.inScope());
    String actual =
        met == null || all == null || all == 0
            ? share
            : Words.percent(met, all) + "(" + met + "/" + all + " 班)";
    return List.of(
        rule.title(),
        Words.asked(rule),
        actual,
        Integer.toString(summary.met()),
        Integer.toString(summary.inScope()),
        Words.rate(summary),
        Integer.toString(summary.insufficient()),
        Words.of(summary.conclusion()),
        Words.evidence(summary),
        rule.id() + "(" + rule.article() + ");逐校见表3 至 表6");
  }

  private List<String> target(RuleFact rule, CountyFact finding) {
    Double value = finding.value();
    int missing = finding.missing().size();
    boolean schools = finding.whole() > 0;
    boolean nothing = value == null || (schools && missing == finding.whole());
    String actual = schools ? "数据不足" : Document.FILL;
    String rate =
        schools && finding.unit().equals("%")
            ? Words.rate(finding.part(), finding.whole(), missing)
            : "—";
    return List.of(
        rule.title(),
        Words.asked(rule),
        nothing ? actual : Words.number(value) + Words.unit(finding.unit()),
        schools ? Long.toString(finding.part()) : "—",
        schools ? Long.toString(finding.whole()) : "—",
        rate,
        Integer.toString(missing),
        Words.of(finding.outcome()),
        Words.of(finding.evidence()),
        rule.id() + "(" + rule.article() + ");区域指标");
  }

  /** 表7. */
  Block application() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(pooled("45岁以下教师开展多媒体教学", "teachers-45-multimedia"));
    rows.add(pooled("信息技术课开足开齐(周课时)", "it-course"));
    for (RuleFact rule : facts.rules("SERVICE")) {
      for (SummaryFact summary : facts.region().summaries()) {
        if (summary.rule().equals(rule.id())) {
          rows.add(
              List.of(
                  rule.title(),
                  Integer.toString(summary.met()),
                  Integer.toString(summary.inScope()),
                  Words.rate(summary),
                  Integer.toString(summary.insufficient()),
                  rule.id() + "(" + rule.article() + ");" + Words.evidence(summary)));
        }
      }
    }
    rows.add(counted("校际合作参与(本学年至少 1 次)", "cooperation", text -> !text.equals("0")));
    rows.add(counted("现代教育技术实验学校", "experimental-school", "yes"::equals));
    rows.add(counted("信息化特色学校(项目)", "feature-school", "yes"::equals));
    rows.add(counted("参加信息化竞赛活动", "contest", "yes"::equals));
    rows.add(pooled("教育技术能力中级培训", "training-intermediate"));
    return Facts.table(
        "表7",
        "应用与合作情况",
        List.of(
            text("项目", 5),
            number("已达成"),
            number("应达成"),
            text("比例", 3),
            number("未填报(数据不足)校数"),
            text("依据", 5)),
        rows,
        "比例为各校分子、分母分别求和后相除,不是各校比例的平均;未填报的学校不在分子、分母内,单独列出。");
  }

  /** Σn/ΣN over the schools that declare it. */
  private List<String> pooled(String title, String indicator) {
    long part = 0;
    long whole = 0;
    int silent = 0;
    for (SchoolFact school : independent()) {
      String told = Facts.declared(school.declared(), indicator);
      int slash = told == null ? -1 : told.indexOf('/');
      if (told == null || slash < 0) {
        silent++;
      } else {
        part += Long.parseLong(told.substring(0, slash));
        whole += Long.parseLong(told.substring(slash + 1));
      }
    }
    boolean none = whole == 0;
    return List.of(
        title,
        none ? Document.FILL : Long.toString(part),
        none ? Document.FILL : Long.toString(whole),
        Words.percent(part, whole),
        Integer.toString(silent),
        "学校自报(" + indicator + ")");
  }

  private List<String> counted(String title, String indicator, Predicate<String> counts) {
    int part = 0;
    int told = 0;
    List<SchoolFact> schools = independent();
    for (SchoolFact school : schools) {
      String value = Facts.declared(school.declared(), indicator);
      told += value == null ? 0 : 1;
      part += value != null && counts.test(value) ? 1 : 0;
    }
    boolean none = told == 0;
    return List.of(
        title,
        none ? Document.FILL : Integer.toString(part),
        none ? Document.FILL : Integer.toString(told),
        Words.percent(part, told),
        Integer.toString(schools.size() - told),
        "学校自报(" + indicator + ")");
  }

  private List<SchoolFact> independent() {
    return facts.schools(school -> !school.tier().equals("C"));
  }

  /** 表8. */
  List<Block> evenness() {
    List<List<String>> rows = new ArrayList<>();
    for (EvennessFact one : facts.body().evenness()) {
      rows.add(evenness(one));
    }
    Block between =
        Facts.table(
            "表8-1",
            "校际差异系数",
            List.of(
                text("指标", 4),
                text("学段", 2),
                number("校数"),
                number("学生数"),
                number("均值"),
                number("标准差"),
                number("差异系数"),
                number("标准(≤)"),
                text("结论", 2),
                text("说明", 4),
                text("依据", 4)),
            rows,
            "按在校生数加权(义务教育均衡发展差异系数计算方法);九年一贯制等学校按 1:1.1:1.32 拆分学段后计入。");
    return List.of(between, gaps(), uneven());
  }

  private List<String> evenness(EvennessFact one) {
    String note =
        switch (one.note()) {
          case "ONE_SCHOOL" -> "仅1校";
          case "MEAN_IS_ZERO" -> "均值为0,不适用";
          case "NO_SCHOOL" -> "没有学校计入";
          default -> "";
        };
    String left = one.leftOut().isEmpty() ? "" : "缺数据未计入 " + one.leftOut().size() + " 校";
    return List.of(
        one.figure().equals("computers-per-100") ? "每百名学生拥有计算机台数" : "每百名学生拥有网络多媒体教室",
        Words.of(one.stage()),
        Integer.toString(one.schools()),
        Long.toString(one.students()),
        figure(one.mean()),
        figure(one.deviation()),
        figure(one.coefficient()),
        one.limit() == null ? "未配置标准" : Words.number(one.limit()),
        Words.of(one.outcome()),
        note.isEmpty() || left.isEmpty() ? note + left : note + ";" + left,
        (one.rule() == null ? "无规则" : one.rule()) + ";年度统计、学校自报");
  }

  private static String figure(@Nullable String number) {
    return number == null ? "不适用" : number;
  }

  private Block gaps() {
    List<List<String>> rows = new ArrayList<>();
    for (GapFact gap : facts.body().gaps()) {
      RuleFact rule = facts.rule(gap.rule());
      rows.add(
          List.of(
              rule.title(),
              gap.divide().equals("SETTING") ? "城乡" : "公办民办",
              Words.of(gap.side()),
              Integer.toString(gap.inScope()),
              Integer.toString(gap.met()),
              Integer.toString(gap.insufficient()),
              Words.percent(gap.met(), gap.inScope()),
              gap.classes() == 0 ? "—" : Words.percent(gap.classesMet(), gap.classes()),
              rule.id() + "(" + rule.article() + ")"));
    }
    return Facts.table(
        "表8-2",
        "城乡、公民办对比",
        List.of(
            text("指标", 5),
            text("比较", 2),
            text("一方", 2),
            number("应评校数"),
            number("达标校数"),
            number("数据不足"),
            text("达标率", 2),
            text("班级覆盖率", 2),
            text("依据", 4)),
        rows,
        "");
  }

  private Block uneven() {
    List<List<String>> rows = new ArrayList<>();
    for (SchoolFact school : facts.body().schools()) {
      for (VerdictFact verdict : facts.verdicts(school, "CLASS_PLATFORM")) {
        List<String> why = new ArrayList<>();
        for (int i = 0; i < verdict.codes().size(); i++) {
          if (UNEVEN.contains(verdict.codes().get(i))) {
            why.add(verdict.because().get(i));
          }
        }
        if (!why.isEmpty()) {
          rows.add(
              List.of(
                  facts.regionName(school.region()),
                  school.name(),
                  school.code(),
                  String.join("", why),
                  Words.basis(facts.rule(verdict.rule()), verdict)));
        }
      }
    }
    return Facts.table(
        "表8-3",
        "校内均衡异常班级",
        List.of(text("镇街", 3), text("学校", 4), text("标识码", 4), text("情况", 8), text("依据", 6)),
        rows,
        rows.isEmpty() ? "没有校内均衡异常的班级。" : "");
  }

  /** 表9. */
  List<Block> plan() {
    PlanFact plan = facts.body().plan();
    List<List<String>> rows = new ArrayList<>();
    if (plan != null) {
      for (PlanPoint point : plan.points()) {
        boolean due = !LocalDate.parse(point.by()).isAfter(LocalDate.parse(facts.body().at()));
        rows.add(
            List.of(
                point.by(),
                Integer.toString(point.percent()),
                due && plan.planned() == point.percent() ? figure(plan.actual()) : "—",
                due && plan.planned() == point.percent() ? figure(plan.deviation()) : "—",
                plan.source() + (plan.projectDefault() ? "(项目默认值)" : "")));
      }
    }
    String standing =
        plan == null
            ? "本标准没有年度计划。"
            : "截至 "
                + facts.body().at()
                + " 应评 "
                + plan.schools()
                + " 校,达标 "
                + plan.met()
                + " 校,尚需 "
                + plan.missingNow()
                + " 校达标方符合计划。此前各时点的实际值须取当时的快照,本表只列本快照时点。";
    Block curve =
        Facts.table(
            "表9-1",
            "年度计划完成情况",
            List.of(
                text("截止日期", 3),
                number("计划累计(%)"),
                number("实际(%)"),
                number("偏差(百分点)"),
                text("依据", 6)),
            rows,
            standing);
    return List.of(curve, behind());
  }

  private Block behind() {
    int year = LocalDate.parse(facts.body().at()).getYear();
    List<List<String>> rows = new ArrayList<>();
    for (SchoolFact school : new SchoolTables(facts).behind(year)) {
      rows.add(
          List.of(
              facts.regionName(school.region()),
              school.name(),
              school.code(),
              Words.number(school.planYear()),
              Words.of(facts.standing(school)),
              "台账登记的计划年度;表3、表5"));
    }
    return Facts.table(
        "表9-2",
        "到期未完成学校名单",
        List.of(
            text("镇街", 3),
            text("学校", 4),
            text("标识码", 4),
            number("计划年度"),
            text("结论", 2),
            text("依据", 4)),
        rows,
        rows.isEmpty() ? "没有登记了计划年度、已到期而未达标的学校。" : "");
  }

  /** 表10. */
  Block measures() {
    List<List<String>> rows = new ArrayList<>();
    for (MeasureFact measure : facts.body().measures()) {
      SchoolFact school = facts.school(measure.school());
      rows.add(
          List.of(
              problem(measure, school),
              clause(measure),
              facts.unitName(measure.school()),
              blank(measure.person()),
              blank(measure.measure()),
              deadline(measure),
              Words.of(isTask(measure) ? "TASK_" + measure.state() : measure.state()),
              school == null ? "—" : retest(measure, school)));
    }
    return Facts.table(
        "表10",
        "整改台账",
        List.of(
            number("序号"),
            text("问题", 5),
            text("依据条款", 4),
            text("责任单位", 4),
            text("责任人", 2),
            text("措施", 5),
            text("期限", 3),
            text("状态", 2),
            text("复测结果", 4)),
        Facts.numbered(rows),
        rows.isEmpty() ? "没有登记整改措施;未达标学校见表3 至 表6。" : "复测结果为本快照的判定。" + closure());
  }

  /** That it was moved is not hidden. */
  private static String deadline(MeasureFact measure) {
    if (measure.deadline() == null) {
      return Document.FILL;
    }
    return measure.firstDeadline() == null
        ? measure.deadline()
        : measure.deadline() + "(原定 " + measure.firstDeadline() + ")";
  }

  /** Of which a later verdict says whether it is done. */
  private static boolean isTask(MeasureFact measure) {
    return measure.origin().equals("TASK");
  }

  /** How many tasks are closed, and how many are past their deadline. */
  private String closure() {
    List<MeasureFact> tasks =
        facts.body().measures().stream().filter(CountyTables::isTask).toList();
    if (tasks.isEmpty()) {
      return "";
    }
    long closed = tasks.stream().filter(task -> task.state().equals("CLOSED")).count();
    long overdue = tasks.stream().filter(task -> task.state().equals("OVERDUE")).count();
    return "整改任务 "
        + tasks.size()
        + " 项,已销号 "
        + closed
        + " 项(销号率 "
        + BigDecimal.valueOf(100L * closed)
            .divide(BigDecimal.valueOf(tasks.size()), 1, RoundingMode.HALF_UP)
        + "%),逾期 "
        + overdue
        + " 项。";
  }

  private static String blank(String text) {
    return text.isBlank() ? Document.FILL : text;
  }

  private String problem(MeasureFact measure, @Nullable SchoolFact school) {
    String name = itemName(measure.item());
    StringBuilder text = new StringBuilder(name);
    if (!measure.problem().isBlank()) {
      text.append(":").append(measure.problem());
    } else if (school != null) {
      for (VerdictFact verdict : school.verdicts()) {
        if (measure.rules().contains(verdict.rule()) && !verdict.outcome().equals("MET")) {
          text.append(":").append(verdict.because().get(0));
          break;
        }
      }
    }
    return text.toString();
  }

  private String itemName(String item) {
    for (SelfCheckItem known : SelfCheckItem.values()) {
      if (known.name().equals(item)) {
        return SelfCheckWords.title(known);
      }
    }
    return facts.body().rules().stream()
        .filter(rule -> rule.id().equals(item))
        .map(RuleFact::title)
        .findFirst()
        .orElse(item.toLowerCase(Locale.ROOT));
  }

  private String clause(MeasureFact measure) {
    List<String> articles =
        measure.rules().stream().map(id -> id + "(" + facts.rule(id).article() + ")").toList();
    return articles.isEmpty() ? "—" : String.join("、", articles);
  }

  private static String retest(MeasureFact measure, SchoolFact school) {
    List<String> found = new ArrayList<>();
    for (VerdictFact verdict : school.verdicts()) {
      if (measure.rules().contains(verdict.rule()) && !verdict.outcome().equals("NOT_APPLICABLE")) {
        found.add(verdict.rule() + " " + Words.of(verdict.outcome()));
      }
    }
    return found.isEmpty() ? "没有可复测的指标" : String.join("、", found);
  }

  /** How each township stands, for reports by township. */
  Block townships(String name) {
    List<List<String>> rows = new ArrayList<>();
    for (RegionFact region : facts.divisions()) {
      for (SummaryFact summary : region.summaries()) {
        RuleFact rule = facts.rule(summary.rule());
        if (rule.headline() && summary.inScope() > 0) {
          rows.add(
              List.of(
                  region.name(),
                  Integer.toString(region.schools()),
                  rule.title(),
                  Integer.toString(summary.met()),
                  Integer.toString(summary.inScope()),
                  Words.rate(summary),
                  Words.of(summary.conclusion()),
                  rule.id() + "(" + rule.article() + ");" + Words.evidence(summary)));
        }
      }
    }
    return Facts.table(
        name,
        "各镇街(下级区域)指标达成情况",
        List.of(
            text("镇街", 4),
            number("校数"),
            text("指标", 5),
            number("达标校数"),
            number("应评校数"),
            text("达标率", 4),
            text("结论", 2),
            text("依据", 5)),
        rows,
        "");
  }
}
