package org.rollcall.agent.switches;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.rollcall.agent.switches.TableSource.Device;

/**
 * What a device says of itself: sysName and sysDescr of SNMPv2-MIB.
 *
 * @param name may be empty
 * @param description may be empty
 * @param reason empty when both were read, else why not
 */
public record SystemNames(String name, String description, String reason) {

  private static final String DESCRIPTION = "1.3.6.1.2.1.1.1";
  private static final String NAME = "1.3.6.1.2.1.1.5";

  static CompletableFuture<SystemNames> read(TableSource source, Device device) {
    String[] texts = {"", ""};
    return source
        .walk(
            device,
            List.of(DESCRIPTION, NAME),
            (column, index, number, octets) -> {
              if (index.length == 1 && index[0] == 0) {
                texts[column] = DeviceText.of(octets);
              }
            })
        .thenApply(reason -> new SystemNames(texts[1], texts[0], reason));
  }
}
