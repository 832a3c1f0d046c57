package org.rollcall.agent.switches;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.switches.TableSource.Device;

/**
 * Which hardware address a router last saw behind which IPv4 address: ipNetToPhysicalTable, or
 * ipNetToMediaTable of older routers.
 *
 * @param macs by IPv4 address as a number, 0 to 2^32 - 1
 * @param reason empty when the table is whole, else why it is not
 */
public record AddressTable(Map<Long, Mac> macs, String reason) {

  private static final String PHYSICAL = "1.3.6.1.2.1.4.35.1.4";
  private static final String MEDIA = "1.3.6.1.2.1.4.22.1.2";

  // The index of ipNetToPhysicalTable: ifIndex, InetAddressType, the length, the octets.
  private static final int TYPE_AT = 1;
  private static final int LENGTH_AT = 2;
  private static final int PHYSICAL_AT = 3;
  private static final int MEDIA_AT = 1;
  private static final long IPV4 = 1;

  public AddressTable {
    macs = Map.copyOf(macs);
  }

  /** Reads the table; the older one too, because some routers keep only that up. */
  static CompletableFuture<AddressTable> read(TableSource source, Device device) {
    Map<Long, Mac> macs = new HashMap<>();
    return source
        .walk(
            device,
            List.of(PHYSICAL, MEDIA),
            (column, index, number, octets) -> {
              Mac mac = Mac.of(octets);
              Long address = column == 0 ? physical(index) : ipv4(index, MEDIA_AT);
              if (mac != null && address != null && mac.bits() != 0) {
                macs.putIfAbsent(address, mac);
              }
            })
        .thenApply(reason -> new AddressTable(macs, reason));
  }

  private static @Nullable Long physical(long[] index) {
    boolean isIpv4 = index.length > LENGTH_AT && index[TYPE_AT] == IPV4 && index[LENGTH_AT] == 4;
    return isIpv4 ? ipv4(index, PHYSICAL_AT) : null;
  }

  static @Nullable Long ipv4(long[] index, int from) {
    if (index.length != from + 4) {
      return null;
    }
    long address = 0;
    for (int i = from; i < index.length; i++) {
      if (index[i] > 0xff) {
        return null;
      }
      address = address << 8 | index[i];
    }
    return address;
  }
}
