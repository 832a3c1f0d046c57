package org.rollcall.collector.requests;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.audit.Actor;

/**
 * Evidence in the register itself, so that a backup, a restore and a move of the register carry it
 * without knowing of it. Runs in its caller's transaction.
 */
final class RequestFiles {
  /** Bytes of one row: a thousand of them, as a moving register holds at once, are 64 MiB. */
  static final int PART = 64 * 1024;

  /** Bytes of all files of a school, those of ended requests too. Project default. */
  static final long MOST_OF_A_SCHOOL = 200L * 1024 * 1024;

  private RequestFiles() {}

  static Attachment named(String name, Attachment.Type type, byte[] content, Actor by, Instant at) {
    return new Attachment(
        0, Attachment.shown(name), type, content.length, sha256(content), by.account(), at);
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("BUG: every Java has SHA-256", e);
    }
  }

  static @Nullable RequestFault put(
      Handle handle, SchoolRequest request, Attachment file, byte[] content) {
    if (list(handle, request.id()).size() >= Attachment.MOST_FILES) {
      return RequestFault.TOO_MANY_FILES;
    }
    long kept =
        handle
            .createQuery(
                "SELECT coalesce(sum(f.bytes), 0) FROM school_request_file f"
                    + " JOIN school_request q ON q.id = f.request WHERE q.school = :school")
            .bind("school", request.school())
            .mapTo(Long.class)
            .one();
    if (kept + content.length > MOST_OF_A_SCHOOL) {
      return RequestFault.NO_ROOM;
    }
    long id =
        handle
            .createUpdate(
                "INSERT INTO school_request_file"
                    + " (request, name, type, bytes, sha256, account, at_millis)"
                    + " VALUES (:request, :name, :type, :bytes, :sha256, :account, :at)")
            .bind("request", request.id())
            .bind("name", file.name())
            .bind("type", file.type().name())
            .bind("bytes", file.bytes())
            .bind("sha256", file.sha256())
            .bind("account", file.account())
            .bind("at", file.at().toEpochMilli())
            .executeAndReturnGeneratedKeys("id")
            .mapTo(Long.class)
            .one();
    for (int from = 0, place = 0; from < content.length; from += PART, place++) {
      handle.execute(
          "INSERT INTO school_request_file_part (file, place, content) VALUES (?, ?, ?)",
          id,
          place,
          Arrays.copyOfRange(content, from, Math.min(content.length, from + PART)));
    }
    return null;
  }

  static List<Attachment> list(Handle handle, long request) {
    return handle
        .createQuery(
            "SELECT id, name, type, bytes, sha256, account, at_millis FROM school_request_file"
                + " WHERE request = :request ORDER BY id")
        .bind("request", request)
        .map(RequestFiles::file)
        .list();
  }

  static Optional<byte[]> content(Handle handle, long request, long file) {
    List<byte[]> parts =
        handle
            .createQuery(
                "SELECT p.content FROM school_request_file_part p"
                    + " JOIN school_request_file f ON f.id = p.file"
                    + " WHERE f.id = :file AND f.request = :request ORDER BY p.place")
            .bind("file", file)
            .bind("request", request)
            .mapTo(byte[].class)
            .list();
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    parts.forEach(whole::writeBytes);
    return Optional.of(whole.toByteArray());
  }

  private static Attachment file(RowView row) {
    return new Attachment(
        row.getColumn("id", Long.class),
        RequestRows.text(row, "name"),
        Attachment.Type.valueOf(RequestRows.text(row, "type")),
        row.getColumn("bytes", Long.class),
        RequestRows.text(row, "sha256"),
        RequestRows.text(row, "account"),
        RequestRows.time(row, "at_millis"));
  }
}
