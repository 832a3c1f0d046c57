package org.rollcall.collector.documents;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.rollcall.collector.audit.Actor;
import org.rollcall.collector.requests.Attachment;
import org.rollcall.collector.snapshot.KeptFile;
import org.rollcall.collector.snapshot.Snapshot;

/**
 * A document in the register.
 *
 * @param snapshot what it says
 * @param by who made it
 * @param file its content as JSON, whose digest is the document's
 * @param scans its stamped scans, the oldest first
 */
public record MadeDocument(
    long id,
    DocumentKind kind,
    Snapshot snapshot,
    String title,
    Actor by,
    Instant at,
    KeptFile file,
    List<Scan> scans) {

  public MadeDocument {
    scans = List.copyOf(scans);
  }

  /** SHA-256 of its content as JSON, in hexadecimal. */
  public String sha256() {
    return file.sha256();
  }

  /** Its name as a file in a format, in Chinese as people know it. */
  public String fileName(DocumentFormat format) {
    String date = snapshot.date().toString().replace("-", "");
    if (kind == DocumentKind.POWER_ON) {
      String from = snapshot.date().minusDays(29).toString().replace("-", "");
      return "学校终端开机使用统计_" + from + "-" + date + "." + format.suffix();
    }
    return kind.title(Locale.SIMPLIFIED_CHINESE)
        + "_"
        + snapshot.unit()
        + "_"
        + date
        + "_"
        + id
        + "."
        + format.suffix();
  }

  /**
   * A stamped scan (盖章扫描件).
   *
   * @param version from 1
   * @param name as its owner called it, for the eye alone
   */
  public record Scan(
      int version, String name, Attachment.Type type, String account, Instant at, KeptFile file) {
    /** Bytes of one scan. Project default. */
    public static final int MOST_BYTES = 20 * 1024 * 1024;
  }
}
