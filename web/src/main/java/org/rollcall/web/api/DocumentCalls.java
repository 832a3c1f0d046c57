package org.rollcall.web.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.rollcall.collector.accounts.Role;
import org.rollcall.collector.accounts.ScopedRegister;
import org.rollcall.collector.documents.DocumentFormat;
import org.rollcall.collector.documents.DocumentKind;
import org.rollcall.collector.documents.Documents;
import org.rollcall.collector.documents.Dossier;
import org.rollcall.collector.documents.MadeDocument;
import org.rollcall.collector.documents.MadeDocument.Scan;
import org.rollcall.collector.paper.NoFontException;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.snapshot.Snapshot;

/**
 * The documents that are filed: listed, made, downloaded, with their stamped scans. For whoever is
 * signed in; a school's account has the documents of its school alone.
 */
final class DocumentCalls implements UploadCall {
  private static final int MOST_NAME = 300;
  private static final int MOST_KIND = 40;

  private final District district;
  private final Documents documents;

  DocumentCalls(District district, Documents documents) {
    this.district = district;
    this.documents = documents;
  }

  private record Page(long total, List<KindView> kinds, List<DocumentView> items) {}

  /** A kind of document, and whether regions and schools have it. */
  private record KindView(String id, String zh, String en, boolean region, boolean school) {}

  private record ScanView(
      int version,
      String name,
      String type,
      long bytes,
      String sha256,
      String account,
      String at) {}

  /**
   * @param account empty for a command, whose user {@code source} tells
   */
  private record DocumentView(
      long id,
      String kind,
      String kindZh,
      String kindEn,
      String title,
      String unit,
      String unitName,
      String unitNameEn,
      boolean school,
      String profile,
      String date,
      long snapshot,
      String snapshotSha256,
      String sha256,
      String account,
      String source,
      String at,
      List<ScanView> scans) {}

  /** {@code GET /api/v1/documents}: those in scope, the newest first. */
  Object list(Request request) {
    signedIn(request);
    String kind = request.text("kind");
    String unit = request.text("unit");
    List<DocumentView> found = new ArrayList<>();
    for (MadeDocument made : documents.list()) {
      boolean asked = kind == null || made.kind().id().equals(kind);
      asked &= unit == null || made.snapshot().unit().equals(unit);
      if (asked && sees(request, made.snapshot())) {
        found.add(view(request, made));
      }
    }
    Listed<DocumentView> page = Listed.of(request, found);
    List<KindView> kinds = new ArrayList<>();
    for (DocumentKind each : DocumentKind.values()) {
      kinds.add(
          new KindView(
              each.id(),
              each.title(Locale.CHINESE),
              each.title(Locale.ENGLISH),
              each.isOf(false),
              each.isOf(true)));
    }
    return new Page(page.total(), kinds, page.items());
  }

  /** {@code GET /api/v1/documents/{id}}. */
  Object one(Request request) {
    return view(request, find(request));
  }

  /** {@code GET /api/v1/documents/{id}/files/{format}}. */
  Object file(Request request) {
    MadeDocument made = find(request);
    String asked = request.path("format");
    if (asked.equals("snapshot")) {
      return new FileAnswer(
          "snapshot-" + made.snapshot().number() + ".json",
          DocumentFormat.JSON.mediaType(),
          documents.snapshotJson(made));
    }
    DocumentFormat format = DocumentFormat.of(asked);
    if (format == null) {
      throw ApiProblem.unknown("format", "格式", asked);
    }
    try {
      String plain = made.kind().id() + "-" + made.id() + "." + format.suffix();
      return new FileAnswer(
          plain, made.fileName(format), format.mediaType(), documents.file(made, format));
    } catch (NoFontException e) {
      throw noFont(e);
    }
  }

  private static ApiProblem noFont(NoFontException fault) {
    return ApiProblem.notNow(
        "no-font",
        fault.getMessage() + " XLSX, CSV and JSON can be had without it.",
        "服务器上没有可用的中文字体,无法生成 PDF:请安装 Debian 软件包 fonts-noto-cjk,或在 server.yaml 中设置"
            + " documents.font。XLSX、CSV、JSON 不受影响。");
  }

  /** {@code POST /api/v1/regions/{code}/documents}: {@code kind}. */
  Object makeOfRegion(Change change) {
    View view = district.view(change.request());
    Region region = view.region(change.request().path("code"));
    regions(change.request());
    return make(change, view, region.code(), false);
  }

  /** {@code POST /api/v1/schools/{code}/documents}: {@code kind}. */
  Object makeOfSchool(Change change) {
    View view = district.view(change.request());
    School school = view.school(change.request().path("code"));
    signedIn(change.request());
    return make(change, view, school.code(), true);
  }

  private Object make(Change change, View view, String unit, boolean school) {
    String asked = change.text("kind", MOST_KIND);
    DocumentKind kind = DocumentKind.of(asked);
    if (kind == null || !kind.isOf(school)) {
      throw ApiProblem.badBody(
          "There is no document '" + asked + "' of a " + (school ? "school." : "region."),
          (school ? "学校" : "区域") + "没有“" + asked + "”这种文档。");
    }
    Request request = change.request();
    return view(request, documents.make(request.actor(), kind, unit, view.profile(), view.at()));
  }

  /** {@code POST /api/v1/regions/{code}/dossier}: every document of a new snapshot. */
  Object makeDossier(Change change) {
    Request request = change.request();
    View view = district.view(request);
    Region region = view.region(request.path("code"));
    regions(request);
    List<MadeDocument> made =
        new Dossier(documents).make(request.actor(), region.code(), view.profile(), view.at());
    return made.stream().map(one -> view(request, one)).toList();
  }

  /** {@code GET /api/v1/documents/{id}/dossier}: all documents of this one's snapshot as a ZIP. */
  Object dossier(Request request) {
    MadeDocument made = find(request);
    Set<String> units = new HashSet<>();
    units.add(made.snapshot().unit());
    ScopedRegister register = register(request, made.snapshot());
    if (!made.snapshot().school()) {
      register.schools(made.snapshot().unit()).forEach(school -> units.add(school.code()));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      new Dossier(documents).write(documents.of(made.snapshot()), units, out);
    } catch (NoFontException e) {
      throw noFont(e);
    } catch (IOException e) {
      throw new UncheckedIOException("BUG: memory cannot be written", e);
    }
    String name = "dossier-" + made.snapshot().unit() + "-" + made.snapshot().number() + ".zip";
    return new FileAnswer(name, "application/zip", out.toByteArray());
  }

  /** {@code GET /api/v1/documents/{id}/scans/{version}}: to be kept, never shown by the page. */
  Object scan(Request request) {
    MadeDocument made = find(request);
    for (Scan scan : made.scans()) {
      if (Integer.toString(scan.version()).equals(request.path("version"))) {
        return new FileAnswer(
            "scan-" + made.id() + "-" + scan.version() + "." + scan.type().suffix(),
            scan.type().mediaType(),
            documents.content(scan));
      }
    }
    throw ApiProblem.unknown("scan", "扫描件", request.path("version"));
  }

  @Override
  public void admit(Request request) {
    find(request);
  }

  @Override
  public int largest() {
    return Scan.MOST_BYTES;
  }

  /** {@code POST /api/v1/documents/{id}/scans?name=}: the file as it is. */
  @Override
  public Object answer(Request request, byte[] file) {
    MadeDocument made = find(request);
    String name = request.text("name");
    if (name == null || name.length() > MOST_NAME) {
      throw ApiProblem.badParameter(
          "name", "", "send the file's name in 1 to " + MOST_NAME + " characters", "请提供文件名");
    }
    if (documents.attach(request.actor(), made, name, file) == null) {
      throw ApiProblem.badBody(
          "The file is neither PDF nor JPEG nor PNG, or it is cut short.",
          "文件不是 PDF、JPEG 或 PNG,或不完整。");
    }
    return view(request, find(request));
  }

  /** The document, or the same 404 whether it never was or is out of scope. */
  private MadeDocument find(Request request) {
    signedIn(request);
    String asked = request.path("id");
    long id = asked.matches("\\d{1,18}") ? Long.parseLong(asked) : -1;
    return documents
        .find(id)
        .filter(made -> sees(request, made.snapshot()))
        .orElseThrow(() -> ApiProblem.unknown("document", "文档", asked));
  }

  private static void signedIn(Request request) {
    if (request.viewer().role() == Role.PUBLIC) {
      throw ApiProblem.notYours("documents; sign in first");
    }
  }

  private static void regions(Request request) {
    signedIn(request);
    if (request.viewer().role() == Role.SCHOOL) {
      throw ApiProblem.notYourTask();
    }
  }

  /** A unit that has gone since is in the scope it was in on the snapshot's day. */
  private ScopedRegister register(Request request, Snapshot snapshot) {
    return district.scoped(request.viewer(), snapshot.date());
  }

  private boolean sees(Request request, Snapshot snapshot) {
    ScopedRegister register = register(request, snapshot);
    return snapshot.school()
        ? register.school(snapshot.unit()) != null
        : request.viewer().role() != Role.SCHOOL && register.region(snapshot.unit()) != null;
  }

  private DocumentView view(Request request, MadeDocument made) {
    Snapshot snapshot = made.snapshot();
    ScopedRegister register = register(request, snapshot);
    Region region = register.region(snapshot.unit());
    School school = register.school(snapshot.unit());
    String name = region != null ? region.name() : school != null ? school.name() : "";
    String nameEn = region != null ? region.nameEn() : school != null ? school.nameEn() : "";
    return new DocumentView(
        made.id(),
        made.kind().id(),
        made.kind().title(Locale.CHINESE),
        made.kind().title(Locale.ENGLISH),
        made.title(),
        snapshot.unit(),
        name,
        nameEn,
        snapshot.school(),
        snapshot.profile(),
        snapshot.date().toString(),
        snapshot.number(),
        snapshot.sha256(),
        made.sha256(),
        made.by().account(),
        made.by().source().startsWith("console:") ? made.by().source() : "",
        Times.known(made.at()),
        made.scans().stream().map(DocumentCalls::view).toList());
  }

  private static ScanView view(Scan scan) {
    return new ScanView(
        scan.version(),
        scan.name(),
        scan.type().name(),
        scan.file().bytes(),
        scan.file().sha256(),
        scan.account(),
        Times.known(scan.at()));
  }
}
