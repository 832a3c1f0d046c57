package org.rollcall.web.command;

import java.time.Clock;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.audit.Actor;
import org.rollcall.collector.audit.AuditLog;
import org.rollcall.collector.audit.AuditLog.Told;
import org.rollcall.collector.database.Database;

/** What a command does, written down as the doing of the machine's user. */
final class Recorded {
  private Recorded() {}

  /** Does something in the register and writes it down, or neither; null: nothing was done. */
  static <T> T change(Database database, Supplier<T> work, Function<T, @Nullable Told> told) {
    return log(database).recording(Actor.console(), work, told);
  }

  /** The same for what answers whether it did something. */
  static boolean change(Database database, Supplier<Boolean> work, String action, String subject) {
    return change(database, work, done -> done ? new Told(action, subject, Map.of()) : null);
  }

  /** Writes down what was done elsewhere, such as in files. */
  static void note(Database database, String action, String subject, Map<String, ?> detail) {
    log(database).record(Actor.console(), action, subject, detail);
  }

  private static AuditLog log(Database database) {
    return new AuditLog(database.jdbi(), Clock.systemUTC());
  }
}
