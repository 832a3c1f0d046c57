package org.rollcall.collector.database;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.rollcall.config.Default;
import org.rollcall.config.Range;
import org.rollcall.config.Secret;

/**
 * Where the register is kept, as {@code register:} in the server's settings: without a URL in a
 * SQLite file of the data folder, with one in PostgreSQL.
 *
 * @param url {@code jdbc:postgresql://host:port/database} with the driver's parameters, such as
 *     {@code sslmode=verify-full}; null for SQLite
 * @param user whom PostgreSQL knows; it owns the database or its schema
 * @param password null where PostgreSQL asks for none
 * @param connections open at once, for reading and for writing each; a project default
 */
public record DatabaseSettings(
    @Nullable String url,
    @Nullable String user,
    @Secret @Nullable String password,
    @Default("8") @Range(min = "2", max = "100") int connections) {
  /** SQLite, in the process. */
  public static final DatabaseSettings SQLITE = new DatabaseSettings(null, null, null, 8);

  private static final String PREFIX = "jdbc:postgresql:";

  public DatabaseSettings {
    if (url == null && (user != null || password != null)) {
      throw new IllegalArgumentException("user and password go with a url: SQLite has neither");
    }
    if (url != null && !url.startsWith(PREFIX)) {
      throw new IllegalArgumentException("write the url as jdbc:postgresql://host:5432/database");
    }
    if (url != null && user == null) {
      throw new IllegalArgumentException("set user: whom PostgreSQL knows this server as");
    }
    if (url != null && hasCredentials(url.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          "the url may name no user and no password: set user, and password: file:…");
    }
  }

  private static boolean hasCredentials(String url) {
    return url.contains("user=") || url.contains("password=") || url.contains("@");
  }

  /** The URL without its parameters, for people. */
  String name() {
    if (url == null) {
      return "SQLite";
    }
    int parameters = url.indexOf('?');
    return parameters < 0 ? url : url.substring(0, parameters);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return name() + (user == null ? "" : " as " + user);
  }
}
