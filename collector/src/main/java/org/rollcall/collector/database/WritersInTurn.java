package org.rollcall.collector.database;

import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.DelegatingTransactionHandler;
import org.jdbi.v3.core.transaction.LocalTransactionHandler;
import org.jdbi.v3.core.transaction.TransactionException;
import org.jdbi.v3.core.transaction.TransactionHandler;

/** Begins every transaction by waiting for its turn: one writer at a time, in all processes. */
final class WritersInTurn extends DelegatingTransactionHandler {
  private final String name;

  /**
   * @param name of the database, for people
   */
  WritersInTurn(String name) {
    this(name, LocalTransactionHandler.binding());
  }

  private WritersInTurn(String name, TransactionHandler plain) {
    super(plain);
    this.name = name;
  }

  @Override
  public TransactionHandler specialize(Handle handle) throws SQLException {
    return new WritersInTurn(name, getDelegate().specialize(handle));
  }

  @Override
  public void begin(Handle handle) {
    boolean nested = isInTransaction(handle);
    super.begin(handle);
    if (!nested) {
      takeTurn(handle);
    }
  }

  private void takeTurn(Handle handle) {
    boolean taken = false;
    try {
      // The lock goes with the transaction, however it ends.
      handle.execute("SELECT pg_advisory_xact_lock(?)", PostgresHome.WRITERS);
      taken = true;
    } finally {
      if (!taken) {
        rollback(handle);
      }
    }
  }

  @Override
  public void commit(Handle handle) {
    try {
      super.commit(handle);
    } catch (TransactionException e) {
      DatabaseUnavailableException told =
          e.getCause() instanceof SQLException cause ? PostgresFaults.tell(name, cause) : null;
      throw told == null ? e : told;
    }
  }
}
