package org.rollcall.collector.documents;

import static org.rollcall.collector.documents.Document.Column.number;
import static org.rollcall.collector.documents.Document.Column.text;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.documents.Document.Block;
import org.rollcall.collector.snapshot.SchoolFact;
import org.rollcall.collector.snapshot.SnapshotBody.OverrideFact;
import org.rollcall.collector.snapshot.SnapshotBody.ParameterFact;
import org.rollcall.collector.snapshot.SnapshotBody.RuleFact;

/** 附件: method, quality of the data, what people decided, words, the map's approval. */
final class Annexes {
  private final Facts facts;

  Annexes(Facts facts) {
    this.facts = facts;
  }

  List<Block> all(@Nullable String mapApproval) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(Block.heading(1, "附件1 监测方法说明"));
    blocks.add(
        Block.text(
            "数据由部署在学校的代理采集:设备、线路的状态和流量每分钟一次,线路测速按配置的时段进行。上课日、上课时段按校历(版本 "
                + facts.body().calendar()
                + ")认定,上课时段以外不评价可用性。没有采集到数据的时段记为“未知”,既不算正常也不算故障;样本不足的指标判为“数据不足”,不计为达标。"));
    blocks.add(
        Block.text(
            "每个数字的来历:表中“依据”列给出规则编号、条款、统计时段和样本数;规则见附表1,规则所属标准为 "
                + facts.body().profile().versions()
                + ";原始样本由系统按学校、规则和统计时段查询;全部判定冻结在快照 №"
                + facts.snapshot().number()
                + " 中,快照内容的 SHA-256 为 "
                + facts.snapshot().sha256()
                + "。"));
    blocks.add(Block.text(addresses()));
    blocks.add(rules());
    blocks.add(parameters());
    blocks.add(Block.heading(1, "附件2 数据质量说明"));
    blocks.add(quality());
    blocks.add(Block.heading(1, "附件3 人工核定清单"));
    blocks.add(overrides());
    blocks.add(Block.heading(1, "附件4 名词解释"));
    blocks.addAll(glossary());
    blocks.add(Block.heading(1, "附件5 审图号"));
    blocks.add(
        Block.text(
            mapApproval == null
                ? "本报告不含地图;系统未配置底图审图号。"
                : "系统所用底图审图号:" + mapApproval + "。本报告不含地图。"));
    return blocks;
  }

  /** Where each number, its samples and its proof are asked for: addresses of this server's API. */
  private String addresses() {
    String verdicts =
        "/api/v1/schools/标识码/verdicts?profile="
            + facts.body().profile().id()
            + "&at="
            + facts.body().at();
    return "查询地址(接在本系统网址之后,标识码为表中学校的标识码):判定、数值、时段与样本数 "
        + verdicts
        + ";线路原始样本 /api/v1/schools/标识码/series?subject=link:wan&measure=inBitsPerSecond&from="
        + facts.body().from()
        + "T00:00:00%2B08:00&to="
        + facts.body().at()
        + "T23:59:59%2B08:00;可离线核验的证明 /api/v1/schools/标识码/proof?profile="
        + facts.body().profile().id()
        + "&at="
        + facts.body().at()
        + "。";
  }

  private Block rules() {
    List<List<String>> rows = new ArrayList<>();
    for (RuleFact rule : facts.body().rules()) {
      String quote = rule.quote();
      rows.add(
          List.of(
              rule.id(),
              rule.title(),
              rule.county() ? "区域" : "学校(" + String.join("、", rule.tiers()) + ")",
              Words.asked(rule),
              rule.article(),
              quote == null ? "—" : quote));
    }
    return Facts.table(
        "附表1",
        "评价规则",
        List.of(
            text("规则", 3),
            text("指标", 4),
            text("对象", 3),
            text("标准值", 4),
            text("条款", 4),
            text("原文", 8)),
        rows,
        "标注“项目默认值”的数字由本系统或主管部门设定,不是政策原文。");
  }

  private Block parameters() {
    List<List<String>> rows = new ArrayList<>();
    for (ParameterFact parameter : facts.body().parameters()) {
      rows.add(
          List.of(
              Words.parameter(parameter.name()),
              Words.number(parameter.value()),
              parameter.projectDefault() ? "项目默认值" : "标准规定"));
    }
    return Facts.table(
        "附表2", "判定参数", List.of(text("参数", 6), number("数值"), text("来源", 3)), rows, "");
  }

  private Block quality() {
    List<List<String>> rows = new ArrayList<>();
    int silent = 0;
    for (SchoolFact school : facts.body().schools()) {
      SchoolFact.Operation run = school.operation();
      long known = (long) run.up() + run.down();
      long judged = known + run.unknown();
      boolean seen = known > 0;
      silent += seen ? 0 : 1;
      long open =
          school.verdicts().stream()
              .filter(verdict -> verdict.outcome().equals("INSUFFICIENT_DATA"))
              .count();
      long disputed = school.verdicts().stream().filter(v -> v.disputed()).count();
      if (!seen || open > 0 || disputed > 0 || run.unknown() > 0) {
        rows.add(
            List.of(
                facts.regionName(school.region()),
                school.name(),
                school.code(),
                Integer.toString(run.days()),
                seen ? Words.percent(known, judged) : "没有线路数据",
                Long.toString(open),
                Long.toString(disputed)));
      }
    }
    return Facts.table(
        "附表3",
        "数据质量",
        List.of(
            text("镇街", 3),
            text("学校", 5),
            text("标识码", 4),
            number("有数据上课日"),
            text("线路已知分钟占比", 3),
            number("数据不足指标数"),
            number("存疑指标数")),
        rows,
        "统计 "
            + facts.body().from()
            + " 至 "
            + facts.body().at()
            + "(30 天,项目默认值)。共 "
            + facts.body().schools().size()
            + " 校,其中 "
            + silent
            + " 校没有线路数据;数据完整、没有存疑的学校不列。");
  }

  private Block overrides() {
    List<List<String>> rows = new ArrayList<>();
    for (OverrideFact one : facts.body().overrides()) {
      rows.add(
          List.of(
              kind(one.kind()),
              facts.unitName(one.unit()),
              one.unit(),
              what(one),
              one.who().isEmpty() ? "未记录" : one.who(),
              Times.local(one.when()),
              one.why().isBlank() ? "未填写" : one.why()));
    }
    return Facts.table(
        "附表4",
        "人工核定清单",
        List.of(
            number("序号"),
            text("类别", 3),
            text("对象", 4),
            text("代码", 4),
            text("内容", 6),
            text("何人(文号)", 4),
            text("何时", 4),
            text("为何", 5)),
        Facts.numbered(rows),
        rows.isEmpty() ? "没有人工核定、自报代替实测、台账手工修改、异议处理和计划停机。" : "凡以人的认定代替实测,或改变统计口径的,全部列出。");
  }

  private static String kind(String kind) {
    return switch (kind) {
      case "CERTIFIED" -> "区县核定值";
      case "DECLARED" -> "自报代替实测";
      case "REGISTER" -> "台账手工修改";
      case "OBJECTION" -> "异议处理";
      case "MAINTENANCE" -> "计划停机";
      default -> kind;
    };
  }

  private static String what(OverrideFact one) {
    if (one.kind().equals("OBJECTION")) {
      int space = one.what().lastIndexOf(' ');
      return one.what().substring(0, space) + " " + Words.of(one.what().substring(space + 1));
    }
    if (one.kind().equals("MAINTENANCE")) {
      int slash = one.what().indexOf(" / ");
      return Times.local(one.what().substring(0, slash))
          + " 至 "
          + Times.local(one.what().substring(slash + 3));
    }
    return one.what();
  }

  private static List<Block> glossary() {
    return List.of(
        Block.text("达标、未达标、数据不足、不适用、未配置标准:对一所学校一项指标的结论。数据不足不是达标。"),
        Block.text("存疑:学校自报与监测实测不一致,须核实。"),
        Block.text("监测实测、学校自报、区县核定:结论所依据的数据来源,即证据等级。"),
        Block.text("应评校数:达标、未达标、数据不足之和;不适用的学校不计入。"),
        Block.text("镇中心小学以上(A)、其他独立建制(B)、教学点(C):学校层级;教学点不计入 A、B 类比例。"),
        Block.text("有效覆盖率:班级平台在监测期内确实在线的班级占全部班级的比例。"),
        Block.text("差异系数:按在校生数加权的标准差与均值之比,越小越均衡。"),
        Block.text("快照:某一日期、某一标准下全部判定的冻结副本,生成后不再改变,以编号和 SHA-256 校验。"));
  }
}
