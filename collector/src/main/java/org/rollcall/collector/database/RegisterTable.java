package org.rollcall.collector.database;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A table as both databases have it: its columns, what they hold, and the key its rows are sorted
 * by. Texts and bytes sort by their bytes in both, so rows come in the same order.
 *
 * @param columns by name, sorted
 * @param key the columns of its primary key, in the key's order
 */
record RegisterTable(String name, Map<String, Holds> columns, List<String> key) {
  private static final int ROWS_PER_FETCH = 500;

  RegisterTable {
    columns = Collections.unmodifiableMap(new TreeMap<>(columns));
    key = List.copyOf(key);
  }

  /** What a column holds; each kind is written into a digest with a mark of its own. */
  enum Holds {
    INTEGER,
    REAL,
    TEXT,
    BYTES;

    static Holds of(int type) {
      return switch (type) {
        case Types.INTEGER, Types.BIGINT -> INTEGER;
        case Types.REAL, Types.FLOAT, Types.DOUBLE -> REAL;
        case Types.VARCHAR -> TEXT;
        case Types.BLOB, Types.BINARY -> BYTES;
        default -> throw new IllegalStateException("BUG: no register has columns of type " + type);
      };
    }

    @Nullable Object read(ResultSet row, int column) throws SQLException {
      Object value =
          switch (this) {
            case INTEGER -> row.getLong(column);
            case REAL -> row.getDouble(column);
            case TEXT -> row.getString(column);
            case BYTES -> row.getBytes(column);
          };
      if (row.wasNull()) {
        return null;
      }
      return value instanceof String text ? Bindings.keepable(text) : value;
    }

    void bind(PreparedStatement statement, int place, @Nullable Object value) throws SQLException {
      switch (this) {
        case INTEGER -> bindNumber(statement, place, value, Types.BIGINT);
        case REAL -> bindNumber(statement, place, value, Types.DOUBLE);
        case TEXT -> statement.setString(place, (String) value);
        case BYTES -> statement.setBytes(place, (byte[]) value);
      }
    }

    private static void bindNumber(
        PreparedStatement statement, int place, @Nullable Object value, int type)
        throws SQLException {
      if (value == null) {
        statement.setNull(place, type);
      } else {
        statement.setObject(place, value);
      }
    }
  }

  /** As it is in the database of that connection. */
  static RegisterTable read(Connection connection, String name) throws SQLException {
    Map<String, Holds> columns = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet none = statement.executeQuery("SELECT * FROM " + name + " LIMIT 0")) {
      ResultSetMetaData found = none.getMetaData();
      for (int i = 1; i <= found.getColumnCount(); i++) {
        columns.put(found.getColumnName(i), Holds.of(found.getColumnType(i)));
      }
    }
    TreeMap<Integer, String> key = new TreeMap<>();
    try (ResultSet found =
        connection.getMetaData().getPrimaryKeys(null, connection.getSchema(), name)) {
      while (found.next()) {
        key.put(found.getInt("KEY_SEQ"), found.getString("COLUMN_NAME"));
      }
    }
    return new RegisterTable(name, columns, List.copyOf(key.values()));
  }

  /** Takes a row at a time; false ends the reading. */
  @FunctionalInterface
  interface RowSink {
    boolean take(@Nullable Object[] row) throws SQLException;
  }

  /** Hands out the rows in the order of their key, from an open transaction. */
  void each(Connection connection, RowSink sink) throws SQLException {
    List<Holds> holds = List.copyOf(columns.values());
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT "
                + String.join(", ", columns.keySet())
                + " FROM "
                + name
                + " ORDER BY "
                + String.join(", ", key))) {
      statement.setFetchSize(ROWS_PER_FETCH);
      try (ResultSet rows = statement.executeQuery()) {
        boolean more = rows.next();
        while (more) {
          @Nullable Object[] row = new @Nullable Object[holds.size()];
          for (int i = 0; i < row.length; i++) {
            row[i] = holds.get(i).read(rows, i + 1);
          }
          more = sink.take(row) && rows.next();
        }
      }
    }
  }

  /** Puts rows in as they are. */
  void insert(Connection connection, List<@Nullable Object[]> rows) throws SQLException {
    List<Holds> holds = new ArrayList<>(columns.values());
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO "
                + name
                + " ("
                + String.join(", ", columns.keySet())
                + ") VALUES ("
                + String.join(", ", Collections.nCopies(holds.size(), "?"))
                + ")")) {
      for (@Nullable Object[] row : rows) {
        for (int i = 0; i < row.length; i++) {
          holds.get(i).bind(statement, i + 1, row[i]);
        }
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  /** What is in it. */
  Content content(Connection connection) throws SQLException {
    Digest digest = new Digest();
    each(
        connection,
        row -> {
          digest.add(row);
          return true;
        });
    return digest.content();
  }

  /**
   * How many rows, and what they say.
   *
   * @param sha256 in hexadecimal, of the rows in the order of their key
   */
  record Content(long rows, String sha256) {}

  /** Sums rows up. */
  static final class Digest {
    private final MessageDigest sha256;
    private long rows;

    Digest() {
      try {
        sha256 = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("BUG: every Java has SHA-256", e);
      }
    }

    long rows() {
      return rows;
    }

    void add(@Nullable Object[] row) {
      rows++;
      for (Object value : row) {
        if (value == null) {
          sha256.update((byte) 0);
        } else if (value instanceof Long number) {
          sha256.update((byte) 1);
          sha256.update(eight(number));
        } else if (value instanceof Double number) {
          sha256.update((byte) 2);
          sha256.update(eight(Double.doubleToLongBits(number)));
        } else if (value instanceof String text) {
          add((byte) 3, text.getBytes(StandardCharsets.UTF_8));
        } else {
          add((byte) 4, (byte[]) value);
        }
      }
    }

    private void add(byte mark, byte[] bytes) {
      sha256.update(mark);
      sha256.update(eight(bytes.length));
      sha256.update(bytes);
    }

    private static byte[] eight(long number) {
      return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    /** Of the rows so far; more may follow. */
    Content content() {
      try {
        MessageDigest soFar = (MessageDigest) sha256.clone();
        return new Content(rows, HexFormat.of().formatHex(soFar.digest()));
      } catch (CloneNotSupportedException e) {
        throw new IllegalStateException("BUG: this Java's SHA-256 cannot be copied", e);
      }
    }
  }
}
