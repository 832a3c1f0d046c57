package org.rollcall.agent.switches;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.probe.Credential;
import org.rollcall.agent.probe.Endpoint;

/** Walks columns of a device's tables, by whatever protocol the device speaks. */
@FunctionalInterface
public interface TableSource {

  /**
   * Who is asked, and with what.
   *
   * @param credential null: what the settings say for devices that name none
   */
  record Device(Endpoint at, @Nullable Credential credential) {
    @Override
    public String toString() {
      return at.toString();
    }
  }

  /** Takes what is found, cell by cell; never by two threads at once. */
  @FunctionalInterface
  interface Cells {
    /**
     * One cell. A value is a number, or octets, or neither.
     *
     * @param column its place in the list asked for
     * @param index of the row: the object identifier's rest, each part 0 to 2^32 - 1
     * @param number not negative; null when it is none
     * @param octets null when it is none
     */
    void cell(int column, long[] index, @Nullable Long number, byte @Nullable [] octets);
  }

  /**
   * Walks the columns; bounded in rows and in time.
   *
   * @param columns object identifiers without index, such as {@code 1.3.6.1.2.1.4.22.1.2}
   * @return empty when all was read to its end, else a stable code why some was not; the cells read
   *     so far were given all the same. Never completes exceptionally.
   */
  CompletableFuture<String> walk(Device device, List<String> columns, Cells cells);
}
