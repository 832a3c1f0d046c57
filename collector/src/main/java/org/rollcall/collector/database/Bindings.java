package org.rollcall.collector.database;

import java.lang.reflect.Type;
import java.sql.Types;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.ArgumentFactory;
import org.jdbi.v3.core.config.ConfigRegistry;

/**
 * How values that SQLite and PostgreSQL would keep differently are written to both alike: a truth
 * value is 0 or 1, and a text holds no NUL, which PostgreSQL's texts cannot.
 */
final class Bindings implements ArgumentFactory.Preparable {
  /** Stands for what cannot be kept (Unicode: replacement character). */
  private static final char REPLACEMENT = '\uFFFD';

  @Override
  public Optional<Function<Object, Argument>> prepare(Type type, ConfigRegistry config) {
    if (type == String.class) {
      return Optional.of(value -> text((String) value));
    }
    if (type == boolean.class || type == Boolean.class) {
      return Optional.of(value -> truth((Boolean) value));
    }
    return Optional.empty();
  }

  private static Argument text(String value) {
    String kept = value == null ? null : keepable(value);
    return (position, statement, context) -> statement.setString(position, kept);
  }

  private static Argument truth(Boolean value) {
    return (position, statement, context) -> {
      if (value == null) {
        statement.setNull(position, Types.INTEGER);
      } else {
        statement.setInt(position, value ? 1 : 0);
      }
    };
  }

  /** The text as both databases keep it. */
  static String keepable(String text) {
    return text.replace('\0', REPLACEMENT);
  }
}
