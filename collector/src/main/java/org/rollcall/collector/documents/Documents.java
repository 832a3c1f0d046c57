package org.rollcall.collector.documents;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.audit.Actor;
import org.rollcall.collector.audit.AuditLog;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.documents.MadeDocument.Scan;
import org.rollcall.collector.paper.CjkFont;
import org.rollcall.collector.paper.NoFontException;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.requests.Attachment;
import org.rollcall.collector.snapshot.KeptFile;
import org.rollcall.collector.snapshot.KeptFiles;
import org.rollcall.collector.snapshot.Snapshot;
import org.rollcall.collector.snapshot.SnapshotBody;
import org.rollcall.collector.snapshot.Snapshots;

/**
 * Documents made of snapshots, and their stamped scans, in the register. Nothing is ever replaced.
 * Any thread; every call blocks on the database.
 */
public final class Documents {
  private static final String SELECT =
      "SELECT d.*, s.unit, s.school, s.profile, s.date, s.account AS s_account,"
          + " s.source AS s_source, s.at_millis AS s_at, s.file AS s_file,"
          + " sf.sha256 AS s_sha256, sf.bytes AS s_bytes, f.sha256, f.bytes"
          + " FROM document d JOIN snapshot s ON s.number = d.snapshot"
          + " JOIN kept_file sf ON sf.id = s.file JOIN kept_file f ON f.id = d.file";

  private final Database database;
  private final Snapshots snapshots;
  private final AuditLog audit;
  private final Clock clock;
  private final Settings settings;

  /**
   * What the settings say of documents.
   *
   * @param font as {@link CjkFont#open} takes it; null for the machine's own
   * @param mapApproval the approval number of the map under the schools; null without one
   */
  public record Settings(@Nullable String font, @Nullable String mapApproval) {
    /** Nothing is set. */
    public static final Settings NONE = new Settings(null, null);
  }

  public Documents(
      Database database, Snapshots snapshots, AuditLog audit, Clock clock, Settings settings) {
    this.database = database;
    this.snapshots = snapshots;
    this.audit = audit;
    this.clock = clock;
    this.settings = settings;
  }

  /**
   * Makes a snapshot, a document of it, and writes both into the audit log.
   *
   * @throws IllegalArgumentException if there is no such unit on that date, or no such document of
   *     it
   */
  public MadeDocument make(
      Actor by, DocumentKind kind, String unit, Profile profile, LocalDate date) {
    return make(by, kind, snapshots.make(by, unit, profile, date));
  }

  /** Makes a document of a snapshot that is there. */
  public MadeDocument make(Actor by, DocumentKind kind, Snapshot snapshot) {
    return make(by, kind, snapshot, snapshots.body(snapshot));
  }

  private MadeDocument make(Actor by, DocumentKind kind, Snapshot snapshot, SnapshotBody body) {
    if (!kind.isOf(snapshot.school())) {
      throw new IllegalArgumentException(
          "There is no document " + kind.id() + " of " + snapshot.unit() + ".");
    }
    Document document = of(kind, snapshot, body, settings.mapApproval());
    KeptFiles.Packed packed = KeptFiles.Packed.of(out -> DocumentJson.write(document, out));
    return database
        .jdbi()
        .inTransaction(handle -> keep(handle, by, kind, snapshot, document, packed));
  }

  private MadeDocument keep(
      Handle handle,
      Actor by,
      DocumentKind kind,
      Snapshot snapshot,
      Document document,
      KeptFiles.Packed packed) {
    KeptFile file = KeptFiles.put(handle, packed);
    Instant now = Instant.ofEpochMilli(clock.millis());
    long id =
        handle
            .createUpdate(
                "INSERT INTO document (kind, snapshot, title, account, source, at_millis, file)"
                    + " VALUES (:kind, :snapshot, :title, :account, :source, :at, :file)")
            .bind("kind", kind.name())
            .bind("snapshot", snapshot.number())
            .bind("title", document.title())
            .bind("account", by.account())
            .bind("source", by.source())
            .bind("at", now.toEpochMilli())
            .bind("file", file.id())
            .executeAndReturnGeneratedKeys("id")
            .mapTo(Long.class)
            .one();
    audit.record(
        handle,
        by,
        "document.make",
        snapshot.unit(),
        Map.of(
            "document", id,
            "kind", kind.id(),
            "snapshot", snapshot.number(),
            "sha256", file.sha256()));
    return new MadeDocument(id, kind, snapshot, document.title(), by, now, file, List.of());
  }

  /** A document of a snapshot: a pure function of what it is given. */
  static Document of(
      DocumentKind kind, Snapshot snapshot, SnapshotBody body, @Nullable String mapApproval) {
    Facts facts = new Facts(snapshot, body);
    return switch (kind) {
      case ACCEPTANCE -> new RegionReports(facts, mapApproval).acceptance();
      case APPLICATION -> new RegionReports(facts, mapApproval).application();
      case QUARTERLY -> new RegionReports(facts, mapApproval).quarterly();
      case NOT_MET -> new RegionReports(facts, mapApproval).notMet();
      case OPERATIONS -> new OperationReports(facts).operations();
      case POWER_ON -> new OperationReports(facts).powerOn();
      case SELF_CHECK -> new SelfCheckSheet(facts).document();
    };
  }

  /** All of them, the newest first. */
  public List<MadeDocument> list() {
    return database
        .readOnly()
        .inTransaction(
            handle ->
                handle
                    .createQuery(SELECT + " ORDER BY d.id DESC")
                    .map(Documents::row)
                    .list()
                    .stream()
                    .map(one -> withScans(handle, one))
                    .toList());
  }

  /** Those of one snapshot, the oldest first. */
  public List<MadeDocument> of(Snapshot snapshot) {
    return database
        .readOnly()
        .inTransaction(
            handle ->
                handle
                    .createQuery(SELECT + " WHERE d.snapshot = :snapshot ORDER BY d.id")
                    .bind("snapshot", snapshot.number())
                    .map(Documents::row)
                    .list()
                    .stream()
                    .map(one -> withScans(handle, one))
                    .toList());
  }

  /** The document with this number. */
  public Optional<MadeDocument> find(long id) {
    return database
        .readOnly()
        .inTransaction(
            handle ->
                handle
                    .createQuery(SELECT + " WHERE d.id = :id")
                    .bind("id", id)
                    .map(Documents::row)
                    .findOne()
                    .map(one -> withScans(handle, one)));
  }

  private static MadeDocument withScans(Handle handle, MadeDocument one) {
    List<Scan> scans =
        handle
            .createQuery(
                "SELECT c.*, f.sha256, f.bytes FROM document_scan c"
                    + " JOIN kept_file f ON f.id = c.file"
                    + " WHERE c.document = :document ORDER BY c.version")
            .bind("document", one.id())
            .map(Documents::scan)
            .list();
    return new MadeDocument(
        one.id(), one.kind(), one.snapshot(), one.title(), one.by(), one.at(), one.file(), scans);
  }

  /**
   * The document as a file.
   *
   * @throws NoFontException if it is to be a PDF and there is no font for it
   */
  public byte[] file(MadeDocument made, DocumentFormat format) throws NoFontException {
    if (format == DocumentFormat.JSON) {
      return database.readOnly().withHandle(h -> KeptFiles.read(h, made.file().id()));
    }
    if (format == DocumentFormat.PDF) {
      return print(made).content();
    }
    Document document = document(made);
    return format == DocumentFormat.XLSX ? XlsxRendering.of(document) : CsvRendering.of(document);
  }

  /**
   * Before anything is made that could not be printed.
   *
   * @throws NoFontException if a file of this format needs a font and there is none
   */
  public void requireFont(DocumentFormat format) throws NoFontException {
    if (format == DocumentFormat.PDF) {
      CjkFont.open(settings.font());
    }
  }

  /**
   * The document as PDF.
   *
   * @throws NoFontException if there is no font for it
   */
  public Printed print(MadeDocument made) throws NoFontException {
    CjkFont font = CjkFont.open(settings.font());
    return PdfRendering.of(document(made), font, made.at());
  }

  private Document document(MadeDocument made) {
    return database
        .readOnly()
        .withHandle(
            handle -> {
              try (InputStream in = KeptFiles.open(handle, made.file().id())) {
                return DocumentJson.read(in);
              } catch (IOException e) {
                throw new UncheckedIOException("The document " + made.id() + " cannot be read.", e);
              }
            });
  }

  /** The JSON of the document's snapshot. */
  public byte[] snapshotJson(MadeDocument made) {
    return snapshots.json(made.snapshot());
  }

  /** The snapshots that documents are made of. */
  public Snapshots snapshots() {
    return snapshots;
  }

  /**
   * Keeps a stamped scan as the next version.
   *
   * @return null if it is neither PDF nor JPEG nor PNG by its content, or too large
   */
  public @Nullable Scan attach(Actor by, MadeDocument made, String name, byte[] content) {
    Attachment.Type type = Attachment.Type.of(content);
    if (type == null || content.length > Scan.MOST_BYTES) {
      return null;
    }
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              KeptFile file = KeptFiles.putPlain(handle, content);
              int version =
                  handle
                          .createQuery(
                              "SELECT coalesce(max(version), 0) FROM document_scan"
                                  + " WHERE document = :document")
                          .bind("document", made.id())
                          .mapTo(Integer.class)
                          .one()
                      + 1;
              Instant now = Instant.ofEpochMilli(clock.millis());
              Scan scan = new Scan(version, Attachment.shown(name), type, by.account(), now, file);
              handle.execute(
                  "INSERT INTO document_scan"
                      + " (document, version, name, type, account, at_millis, file)"
                      + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                  made.id(),
                  version,
                  scan.name(),
                  type.name(),
                  by.account(),
                  now.toEpochMilli(),
                  file.id());
              audit.record(
                  handle,
                  by,
                  "document.scan",
                  made.snapshot().unit(),
                  Map.of(
                      "document", made.id(),
                      "version", version,
                      "documentSha256", made.sha256(),
                      "sha256", file.sha256()));
              return scan;
            });
  }

  /** The content of a scan. */
  public byte[] content(Scan scan) {
    return database.readOnly().withHandle(h -> KeptFiles.read(h, scan.file().id()));
  }

  private static Scan scan(RowView row) {
    return new Scan(
        row.getColumn("version", Integer.class),
        row.getColumn("name", String.class),
        Attachment.Type.valueOf(row.getColumn("type", String.class)),
        row.getColumn("account", String.class),
        Instant.ofEpochMilli(row.getColumn("at_millis", Long.class)),
        new KeptFile(
            row.getColumn("file", Long.class),
            row.getColumn("sha256", String.class),
            row.getColumn("bytes", Long.class)));
  }

  private static MadeDocument row(RowView row) {
    Snapshot snapshot =
        new Snapshot(
            row.getColumn("snapshot", Long.class),
            row.getColumn("unit", String.class),
            row.getColumn("school", Integer.class) == 1,
            row.getColumn("profile", String.class),
            LocalDate.parse(row.getColumn("date", String.class)),
            new Actor(
                row.getColumn("s_account", String.class), row.getColumn("s_source", String.class)),
            Instant.ofEpochMilli(row.getColumn("s_at", Long.class)),
            new KeptFile(
                row.getColumn("s_file", Long.class),
                row.getColumn("s_sha256", String.class),
                row.getColumn("s_bytes", Long.class)));
    return new MadeDocument(
        row.getColumn("id", Long.class),
        DocumentKind.valueOf(row.getColumn("kind", String.class)),
        snapshot,
        row.getColumn("title", String.class),
        new Actor(row.getColumn("account", String.class), row.getColumn("source", String.class)),
        Instant.ofEpochMilli(row.getColumn("at_millis", Long.class)),
        new KeptFile(
            row.getColumn("file", Long.class),
            row.getColumn("sha256", String.class),
            row.getColumn("bytes", Long.class)),
        List.of());
  }

  /** All kinds of documents that a region has. */
  static List<DocumentKind> ofRegions() {
    List<DocumentKind> kinds = new ArrayList<>();
    for (DocumentKind kind : DocumentKind.values()) {
      if (kind.isOf(false)) {
        kinds.add(kind);
      }
    }
    return kinds;
  }
}
