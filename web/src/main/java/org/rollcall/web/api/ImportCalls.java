package org.rollcall.web.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.Collector;
import org.rollcall.collector.registry.Crs;
import org.rollcall.collector.registry.RegisterChange.Counts;
import org.rollcall.collector.registry.imports.Difference;
import org.rollcall.collector.registry.imports.ImportDesk;
import org.rollcall.collector.registry.imports.ImportJob;
import org.rollcall.collector.registry.imports.ImportOptions;
import org.rollcall.collector.registry.imports.ImportPreview;
import org.rollcall.collector.registry.imports.ImportResult;
import org.rollcall.collector.registry.imports.Problem;

/** Files for the register: handed in, looked at, and written; for administrators alone. */
final class ImportCalls implements UploadCall {
  private static final int MOST_NAME = 255;

  /** Days that no slip of the keyboard would name. */
  private static final LocalDate FIRST_DAY = LocalDate.of(1990, 1, 1);

  private static final LocalDate LAST_DAY = LocalDate.of(2099, 12, 31);

  private final ImportDesk desk;

  private record Told(String zh, String en) {}

  private record Line(String label, Map<String, Difference> differences) {}

  private record Refused(int row, String column, String zh, String en) {}

  private record Job(
      String id,
      String kind,
      String file,
      String account,
      String at,
      String state,
      String crs,
      @Nullable String effective,
      boolean replace,
      int rows,
      int records,
      int written,
      @Nullable Totals totals,
      List<Line> added,
      List<Line> changed,
      List<Line> ended,
      List<Refused> problems,
      List<Told> notes) {}

  private record Totals(int added, int changed, int unchanged, int ended, int problems) {}

  ImportCalls(Collector collector) {
    this.desk = collector.imports();
  }

  @Override
  public int largest() {
    return ImportDesk.LARGEST;
  }

  @Override
  public void admit(Request request) {
    AccountCalls.onlyAdministrator(request);
  }

  /** {@code POST /api/v1/imports?kind=&name=&crs=&effective=&replace=}: the file itself. */
  @Override
  public Object answer(Request request, byte[] file) {
    admit(request);
    String kind = request.text("kind");
    if (kind == null || !ImportDesk.KINDS.contains(kind)) {
      String known = String.join(", ", ImportDesk.KINDS);
      throw ApiProblem.badParameter(
          "kind", String.valueOf(kind), "use one of " + known, "可用 " + known);
    }
    String name = request.text("name");
    if (name == null || name.length() > MOST_NAME) {
      throw ApiProblem.badParameter(
          "name", "", "say what the file is called, in at most 255 letters", "请给出文件名,至多 255 字");
    }
    try {
      String id =
          desk.begin(request.actor(), kind, name, file, options(request, kind))
              .orElseThrow(ImportCalls::busy);
      return one(id);
    } catch (IOException e) {
      throw new UncheckedIOException("The file cannot be kept in the data folder.", e);
    }
  }

  private static ImportOptions options(Request request, String kind) {
    Crs crs = request.oneOf("crs", Crs.class);
    LocalDate effective = request.day("effective");
    boolean replace = "true".equals(request.text("replace"));
    if (replace && !List.of("classes", "devices", "lines").contains(kind)) {
      throw ApiProblem.badParameter(
          "replace",
          "true",
          "it goes with classes, devices and lines",
          "仅用于 classes、devices、lines");
    }
    if (effective != null && kind.equals("declared")) {
      throw ApiProblem.badParameter(
          "effective",
          effective.toString(),
          "of declared values the column as_of says since when",
          "自报数据由 as_of 列说明日期");
    }
    if (effective != null && (effective.isBefore(FIRST_DAY) || effective.isAfter(LAST_DAY))) {
      throw ApiProblem.badParameter(
          "effective", effective.toString(), "it lies between 1990 and 2099", "应在 1990 至 2099 年之间");
    }
    return new ImportOptions(crs == null ? Crs.WGS84 : crs, true, effective, replace);
  }

  private static ApiProblem busy() {
    return ApiProblem.refused(
        "imports-wait",
        "Some files wait already: hand in the next when one is done.",
        "已有多个文件在等待处理:请稍后再提交。");
  }

  /** {@code GET /api/v1/imports}: those that are kept, the newest first. */
  Object list(Request request) {
    admit(request);
    return desk.list().stream().map(job -> view(job, false)).toList();
  }

  /** {@code GET /api/v1/imports/{id}}. */
  Object job(Request request) {
    admit(request);
    return one(request.path("id"));
  }

  /** {@code POST /api/v1/imports/{id}/apply}. */
  Object apply(Change change) {
    admit(change.request());
    String id = change.request().path("id");
    Object before = one(id);
    ImportDesk.Fault fault = desk.apply(change.request().actor(), id);
    if (fault == ImportDesk.Fault.REGISTER_CHANGED) {
      throw ApiProblem.refused(
          "register-changed",
          "The register has changed since this was checked: it is checked anew. Look again.",
          "检查之后台账已有变化:正在重新检查,请再次核对。");
    }
    if (fault != null) {
      throw ApiProblem.refused(
          "not-checked",
          "Only a file that was checked and is good can be written, once.",
          "只有检查通过的文件才能写入,且只写一次。");
    }
    return desk.find(id).map(job -> (Object) view(job, true)).orElse(before);
  }

  private Job one(String id) {
    return desk.find(id)
        .map(job -> view(job, true))
        .orElseThrow(() -> ApiProblem.unknown("import", "导入", id));
  }

  private static Job view(ImportJob job, boolean whole) {
    ImportPreview.Seen seen = job.preview();
    ImportResult result = job.result();
    return new Job(
        job.id(),
        job.what(),
        job.file(),
        job.account(),
        Times.known(job.at()),
        job.state().name(),
        job.options().crs().name().toLowerCase(Locale.ROOT),
        job.options().effective() == null ? null : String.valueOf(job.options().effective()),
        job.options().replace(),
        seen.rows(),
        seen.records(),
        seen.written(),
        result == null ? null : totals(result),
        whole ? lines(seen.added()) : List.of(),
        whole ? lines(seen.changed()) : List.of(),
        whole ? lines(seen.ended()) : List.of(),
        whole && result != null ? refused(result) : List.of(),
        whole && result != null ? notes(result) : List.of());
  }

  private static Totals totals(ImportResult result) {
    Counts counts = result.counts();
    return new Totals(
        counts.inserted(),
        counts.changed(),
        counts.unchanged(),
        counts.ended(),
        result.problemCount());
  }

  private static List<Line> lines(List<ImportPreview.Line> lines) {
    return lines.stream()
        .map(line -> new Line(line.label(), new LinkedHashMap<>(line.differences())))
        .toList();
  }

  private static List<Refused> refused(ImportResult result) {
    return result.problems().stream().limit(ImportPreview.SHOWN).map(ImportCalls::refused).toList();
  }

  private static Refused refused(Problem problem) {
    return new Refused(
        problem.row(), problem.column(), problem.text(Locale.CHINA), problem.text(Locale.ENGLISH));
  }

  /** What the command says, without the summary: the counts stand beside it. */
  private static List<Told> notes(ImportResult result) {
    if (!result.ok()) {
      return List.of();
    }
    List<String> zh = result.lines(Locale.CHINA);
    List<String> en = result.lines(Locale.ENGLISH);
    return IntStream.range(0, zh.size() - 1).mapToObj(i -> new Told(zh.get(i), en.get(i))).toList();
  }
}
