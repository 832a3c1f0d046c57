package org.rollcall.simulator.faults;

import java.util.List;

/**
 * What a run came to.
 *
 * @param kinds where the server kept what it was told
 * @param scenarios faults begun and mended
 * @param accepted observations that agents' spools took
 * @param lost of those, neither stored nor told by a gap record though they had to be; 0 is good
 * @param duplicated observations stored more than once; 0 is good
 * @param gapRecords records of loss in the store
 * @param peakHeapMiB the most the server's heap held
 * @param dropped observations lost beyond a cap or on a full disk, each under a gap record
 * @param unknownMinutes lesson minutes whose looks were all lost, and that are unknown
 * @param broken every promise that did not hold; empty is good
 */
record FaultFigures(
    StoreKinds kinds,
    int scenarios,
    long accepted,
    long lost,
    long duplicated,
    long gapRecords,
    long peakHeapMiB,
    long dropped,
    long unknownMinutes,
    List<String> broken) {

  FaultFigures {
    broken = List.copyOf(broken);
  }

  String json() {
    List<String> names = kinds.names();
    return ("{\"store\":\"%s\",\"register\":\"%s\",\"scenarios\":%d,\"accepted\":%d,\"lost\":%d,\"duplicated\":%d,\"gapRecords\":%d,"
            + "\"peakHeapMiB\":%d,\"dropped\":%d,\"unknownMinutes\":%d,\"broken\":%d}")
        .formatted(
            names.get(0),
            names.get(1),
            scenarios,
            accepted,
            lost,
            duplicated,
            gapRecords,
            peakHeapMiB,
            dropped,
            unknownMinutes,
            broken.size());
  }
}
