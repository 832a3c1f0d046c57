package org.rollcall.agent.snmp;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.snmp4j.smi.OID;

/** Finds which ifIndex an interface has now, by its name. */
final class InterfaceFinder {

  static final String NO_SUCH_INTERFACE = "no-such-interface";

  /** Two interfaces of the device have the name. */
  static final String AMBIGUOUS_INTERFACE = "ambiguous-interface";

  /**
   * An interface found.
   *
   * @param ifIndex its number until the device starts again
   * @param nameColumn where the name was found: ifName or ifDescr
   */
  record Place(long ifIndex, OID nameColumn) {}

  /** Either a place or the reason why there is none. */
  record Found(@Nullable Place place, @Nullable String reason) {}

  private InterfaceFinder() {}

  /**
   * Walks ifName and ifDescr once for all these names. A name is looked for in ifName first and in
   * ifDescr where no ifName is the like: devices without ifXTable, and names copied from a device's
   * configuration, which shows the longer ones. What was read before a device fell silent is used.
   */
  static CompletableFuture<Map<String, Found>> find(SnmpDevice device, Collection<String> wanted) {
    Map<Long, String> names = new TreeMap<>();
    Map<Long, String> descriptions = new TreeMap<>();
    return ColumnWalk.run(
            device,
            List.of(Oids.IF_NAME, Oids.IF_DESCR),
            (column, index, value) -> {
              String text = Answer.text(value);
              if (text != null) {
                (column == 0 ? names : descriptions).put(index, text);
              }
            })
        .thenApply(
            end -> {
              Map<String, Found> found = new HashMap<>();
              wanted.forEach(
                  name -> found.put(name, choose(name, names, descriptions, end.fault())));
              return found;
            });
  }

  private static Found choose(
      String name,
      Map<Long, String> names,
      Map<Long, String> descriptions,
      @Nullable String fault) {
    List<Place> places = places(name, names, Oids.IF_NAME);
    if (places.isEmpty()) {
      places = places(name, descriptions, Oids.IF_DESCR);
    }
    if (places.size() == 1) {
      return new Found(places.get(0), null);
    }
    if (places.size() > 1) {
      return new Found(null, AMBIGUOUS_INTERFACE);
    }
    if (fault != null) {
      return new Found(null, fault);
    }
    boolean none = names.isEmpty() && descriptions.isEmpty();
    return new Found(null, none ? InterfaceTable.NO_INTERFACES : NO_SUCH_INTERFACE);
  }

  private static List<Place> places(String name, Map<Long, String> names, OID column) {
    return names.entrySet().stream()
        .filter(entry -> entry.getValue().equals(name))
        .map(entry -> new Place(entry.getKey(), column))
        .toList();
  }
}
