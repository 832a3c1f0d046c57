package org.rollcall.collector.store;

/** The store that other tests stand on keeps the contract, too. */
class MemoryStoreTest extends ObservationStoreContract {
  private final MemoryStore memory = new MemoryStore();

  @Override
  protected ObservationStore open() {
    return memory.reopen();
  }
}
