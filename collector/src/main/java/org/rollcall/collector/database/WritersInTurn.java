package org.rollcall.collector.database;

import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.DelegatingTransactionHandler;
import org.jdbi.v3.core.transaction.LocalTransactionHandler;
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
    try {
      // The lock goes with the transaction, however it ends.
      handle.execute("SELECT pg_advisory_xact_lock(?)", PostgresHome.WRITERS);
    } catch (RuntimeException e) {
      try {
        rollback(handle);
      } catch (RuntimeException broken) {
        e.addSuppressed(broken); // the connection is gone, and the transaction with it
      }
      throw e;
    }
  }

  @Override
  public <R, X extends Exception> R inTransaction(Handle handle, HandleCallback<R, X> work)
      throws X {
    try {
      return super.inTransaction(handle, work);
    } catch (JdbiException e) {
      DatabaseUnavailableException told =
          e.getCause() instanceof SQLException cause ? PostgresFaults.tell(name, cause) : null;
      throw told == null ? e : told;
    }
  }
}
