package org.rollcall.collector.discovery;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rollcall.collector.database.Database;
import org.rollcall.protocol.v1.Sighting;

/**
 * At which port of which switch registered devices stand, as agents learn it from ARP, forwarding
 * and LLDP tables. Nobody draws it. Any thread; every call blocks on the database.
 */
public final class Placements {
  /** Devices of one school. Project default. */
  static final int MOST = 2_000;

  private static final int AT_ONCE = 400;

  private final Database database;

  public Placements(Database database) {
    this.database = database;
  }

  /** Keeps where the configured ones among these are; what moved is where it was seen last. */
  void note(String school, Collection<Sighting> sightings) {
    List<Sighting> placed =
        sightings.stream()
            .filter(Sighting::getConfigured)
            .filter(each -> !each.getAddress().isEmpty() && !each.getSeenAt().isEmpty())
            .limit(MOST)
            .toList();
    if (placed.isEmpty()) {
      return;
    }
    database
        .jdbi()
        .useTransaction(
            handle -> {
              for (Sighting each : placed) {
                handle.execute(
                    "INSERT INTO placement (school, address, seen_at, seen_millis)"
                        + " VALUES (?, ?, ?, ?) ON CONFLICT (school, address) DO UPDATE SET"
                        + " seen_at = excluded.seen_at, seen_millis = excluded.seen_millis",
                    school,
                    each.getAddress(),
                    each.getSeenAt(),
                    each.getTimeMillis());
              }
              handle.execute(
                  "DELETE FROM placement WHERE school = ? AND address NOT IN (SELECT address"
                      + " FROM placement WHERE school = ? ORDER BY seen_millis DESC, address"
                      + " LIMIT ?)",
                  school,
                  school,
                  MOST);
            });
  }

  /**
   * Where the devices of some schools stand.
   *
   * @return by school and address: the switch and its port, as in {@code core GE0/0/3}
   */
  public Map<String, Map<String, String>> of(Collection<String> schools) {
    Map<String, Map<String, String>> all = new HashMap<>();
    List<String> codes = List.copyOf(schools);
    for (int i = 0; i < codes.size(); i += AT_ONCE) {
      List<String> some = codes.subList(i, Math.min(codes.size(), i + AT_ONCE));
      database
          .readOnly()
          .useHandle(
              handle ->
                  handle
                      .createQuery(
                          "SELECT school, address, seen_at FROM placement WHERE school IN"
                              + " (<schools>)")
                      .bindList("schools", some)
                      .map(
                          row ->
                              new String[] {
                                row.getColumn("school", String.class),
                                row.getColumn("address", String.class),
                                row.getColumn("seen_at", String.class)
                              })
                      .forEach(
                          row ->
                              all.computeIfAbsent(row[0], school -> new HashMap<>())
                                  .put(row[1], row[2])));
    }
    return all;
  }
}
