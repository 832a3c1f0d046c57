package org.rollcall.collector.linetest.ndt7;

import org.rollcall.config.Default;
import org.rollcall.config.Key;
import org.rollcall.config.Range;

/**
 * {@code ndt7:} in the server's settings.
 *
 * @param open whether any ndt7 client may test on the HTTP port, not only agents in their slot
 * @param tls where agents test, by the server's own key
 * @param maxTests under way at once, on both ports together; project default
 */
public record Ndt7Settings(
    @Key("public") @Default("false") boolean open,
    Tls tls,
    @Default("8") @Range(min = "1", max = "1000") int maxTests) {

  /**
   * @param port 0 takes any free one
   */
  public record Tls(
      @Default("0.0.0.0") String bind,
      @Default("8443") @Range(min = "0", max = "65535") int port) {}
}
