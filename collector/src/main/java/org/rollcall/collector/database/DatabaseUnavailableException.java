package org.rollcall.collector.database;

/** The database cannot be opened or migrated; the message says why and what to do. */
public final class DatabaseUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DatabaseUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
