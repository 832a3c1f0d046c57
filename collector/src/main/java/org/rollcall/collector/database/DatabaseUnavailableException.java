package org.rollcall.collector.database;

import org.jspecify.annotations.Nullable;

/**
 * The database cannot be opened, migrated or reached; the message says why and what to do. Where
 * the connection broke while a transaction ended, it is unknown whether it was saved.
 */
public final class DatabaseUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DatabaseUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
