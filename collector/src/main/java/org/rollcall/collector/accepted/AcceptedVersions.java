package org.rollcall.collector.accepted;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.database.Database;

/**
 * The versions of one kind of file that were taken, by the id and the version a file gives itself.
 * A version once taken keeps its text; line ends do not count. Of each id at most one version is in
 * force. Any thread; every call blocks on the database.
 */
public final class AcceptedVersions {
  private static final String COLUMNS = "SELECT id, version, body, sha256, accepted_millis ";

  private final Database database;
  private final String kind;
  private final Clock clock;

  /**
   * A version that was taken.
   *
   * @param body the file's text, lines ended by a line feed
   * @param sha256 of the body in UTF-8, in hexadecimal
   * @param acceptedMillis when it was first taken
   */
  public record Accepted(
      String id, String version, String body, String sha256, long acceptedMillis) {

    /** Whether a file with this text is that version. */
    public boolean is(String text) {
      return sha256.equals(sum(lines(text)));
    }
  }

  /** A version of a file that was found good. */
  public record Good(String id, String version, String text) {}

  /**
   * @param kind what files these are, e.g. {@code profile} or {@code calendar}
   */
  public AcceptedVersions(Database database, String kind, Clock clock) {
    this.database = database;
    this.kind = kind;
    this.clock = clock;
  }

  /** A version that was taken at some time; null if it never was. */
  public @Nullable Accepted find(String id, String version) {
    return database.readOnly().withHandle(handle -> find(handle, id, version));
  }

  private @Nullable Accepted find(Handle handle, String id, String version) {
    return handle
        .createQuery(
            COLUMNS
                + "FROM accepted_version WHERE kind = :kind AND id = :id AND version = :version")
        .bind("kind", kind)
        .bind("id", id)
        .bind("version", version)
        .map(AcceptedVersions::row)
        .findOne()
        .orElse(null);
  }

  /** All that are in force, by id. */
  public List<Accepted> inForce() {
    return database
        .readOnly()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        COLUMNS
                            + "FROM accepted_version WHERE kind = :kind AND in_force = 1"
                            + " ORDER BY id")
                    .bind("kind", kind)
                    .map(AcceptedVersions::row)
                    .list());
  }

  private static Accepted row(RowView row) {
    return new Accepted(
        row.getColumn("id", String.class),
        row.getColumn("version", String.class),
        row.getColumn("body", String.class),
        row.getColumn("sha256", String.class),
        row.getColumn("accepted_millis", Long.class));
  }

  /**
   * Puts exactly these in force; all of them or none.
   *
   * @throws IllegalStateException if one was taken before with another text: ask {@link #find}
   *     first
   */
  public void putInForce(Collection<Good> good) {
    long now = clock.millis();
    database
        .jdbi()
        .useTransaction(
            handle -> {
              handle.execute("UPDATE accepted_version SET in_force = 0 WHERE kind = ?", kind);
              good.forEach(one -> put(handle, one, now));
            });
  }

  private void put(Handle handle, Good good, long now) {
    Accepted before = find(handle, good.id(), good.version());
    if (before == null) {
      String body = lines(good.text());
      handle.execute(
          "INSERT INTO accepted_version"
              + " (kind, id, version, body, sha256, accepted_millis, in_force)"
              + " VALUES (?, ?, ?, ?, ?, ?, 1)",
          kind,
          good.id(),
          good.version(),
          body,
          sum(body),
          now);
    } else if (before.is(good.text())) {
      handle.execute(
          "UPDATE accepted_version SET in_force = 1 WHERE kind = ? AND id = ? AND version = ?",
          kind,
          good.id(),
          good.version());
    } else {
      throw new IllegalStateException(
          "BUG: version " + good.version() + " of " + good.id() + " was taken with another text");
    }
  }

  private static String lines(String text) {
    return text.replace("\r\n", "\n");
  }

  private static String sum(String body) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(body.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("BUG: every Java has SHA-256", e);
    }
  }
}
