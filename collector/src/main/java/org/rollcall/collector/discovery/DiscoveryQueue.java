package org.rollcall.collector.discovery;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.audit.Actor;
import org.rollcall.collector.audit.AuditLog;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.discovery.Discovered.State;
import org.rollcall.collector.registry.Device;
import org.rollcall.collector.registry.Registry;
import org.rollcall.protocol.v1.Sighting;

/**
 * The queue in the database. Commands decide in their own process while the server goes on finding.
 * Any thread; every call blocks on the database.
 */
public final class DiscoveryQueue {
  /** Devices kept for one school; more are not taken. A project default. */
  public static final int MAX_PER_SCHOOL = 2_000;

  private final Database database;
  private final Registry registry;
  private final AuditLog audit;
  private final Clock clock;

  public DiscoveryQueue(Database database, Registry registry, AuditLog audit, Clock clock) {
    this.database = database;
    this.registry = registry;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Notes what an agent of the school found. A device that is registered under the address is left
   * out, and so is a hardware address that its owner's machine made up (IEEE 802: locally
   * administered), as telephones do: those are people's own.
   *
   * @return how many were new to the queue
   */
  public int note(String school, Collection<Sighting> sightings) {
    Set<String> registered =
        registry.inventory(school).devices().stream()
            .map(device -> host(device.address()))
            .collect(Collectors.toSet());
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              int before = count(handle, school);
              int room = MAX_PER_SCHOOL - before;
              int added = 0;
              for (Sighting sighting : sightings) {
                if (sighting.getConfigured()
                    || registered.contains(sighting.getAddress())
                    || isMadeUp(sighting.getMac())) {
                  continue;
                }
                if (added < room || isThere(handle, school, identity(sighting))) {
                  put(handle, school, sighting);
                  added = count(handle, school) - before;
                }
              }
              return Math.max(0, added);
            });
  }

  /** Of one school, or of all when null, in one state; by school, then as they were found. */
  public List<Discovered> list(@Nullable String school, State state) {
    return database
        .readOnly()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT * FROM discovered WHERE state = :state"
                            + (school == null ? "" : " AND school = :school")
                            + " ORDER BY school, id LIMIT 10000")
                    .bind("state", state.name())
                    .bindMap(school == null ? Map.of() : Map.of("school", school))
                    .map(DiscoveryQueue::discovered)
                    .list());
  }

  /**
   * How many of each school are in a state, by the schools' codes; schools with none are left out.
   */
  public NavigableMap<String, Integer> counts(State state) {
    return database
        .readOnly()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT school, count(*) AS n FROM discovered WHERE state = :state"
                            + " GROUP BY school")
                    .bind("state", state.name())
                    .reduceRows(
                        new TreeMap<String, Integer>(),
                        (counts, row) -> {
                          counts.put(
                              row.getColumn("school", String.class),
                              row.getColumn("n", Integer.class));
                          return counts;
                        }));
  }

  /** Null if there is none of that number. */
  public @Nullable Discovered find(long id) {
    return database
        .readOnly()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT * FROM discovered WHERE id = :id")
                    .bind("id", id)
                    .map(DiscoveryQueue::discovered)
                    .findOne()
                    .orElse(null));
  }

  /**
   * Registers a device, from today on, and takes it off the queue.
   *
   * @return what speaks against it; null when it was done
   */
  public @Nullable ApprovalFault approve(Actor actor, long id, Approval as) {
    Discovered found = find(id);
    if (found == null || found.state() == State.APPROVED) {
      return ApprovalFault.NOT_WAITING;
    }
    ApprovalFault fault = as.fault(found, registry.inventory(found.school()));
    if (fault != null) {
      return fault;
    }
    Device device = as.device(found);
    registry.change(
        change -> {
          change.putDevices(List.of(device));
          change.together(
              handle -> {
                decide(handle, id, State.APPROVED);
                audit.record(
                    handle,
                    actor,
                    "discovered.approve",
                    found.school() + " " + device.subject(),
                    Map.of(
                        "device", device.subject(),
                        "address", device.address(),
                        "space", as.space(),
                        "probe", as.probe()));
              });
          return null;
        });
    return null;
  }

  /** Is not offered again, however often it is seen. False if there is none of that number. */
  public boolean ignore(Actor actor, long id) {
    Discovered found = find(id);
    if (found == null) {
      return false;
    }
    database
        .jdbi()
        .useTransaction(
            handle -> {
              decide(handle, id, State.IGNORED);
              audit.record(
                  handle,
                  actor,
                  "discovered.ignore",
                  found.school() + " " + found.mac() + " " + found.address(),
                  Map.of());
            });
    return true;
  }

  private void decide(Handle handle, long id, State state) {
    handle.execute(
        "UPDATE discovered SET state = ?, decided_millis = ? WHERE id = ?",
        state.name(),
        clock.millis(),
        id);
  }

  private static int count(Handle handle, String school) {
    return handle
        .createQuery("SELECT count(*) FROM discovered WHERE school = :school")
        .bind("school", school)
        .mapTo(Integer.class)
        .one();
  }

  private static boolean isThere(Handle handle, String school, String identity) {
    return handle
        .createQuery("SELECT 1 FROM discovered WHERE school = :school AND identity = :identity")
        .bind("school", school)
        .bind("identity", identity)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  private static void put(Handle handle, String school, Sighting sighting) {
    if (!sighting.getMac().isEmpty() && !sighting.getAddress().isEmpty()) {
      // Seen before its hardware address was known.
      handle.execute(
          "UPDATE discovered SET identity = ?, mac = ?"
              + " WHERE school = ? AND identity = ? AND mac = '' AND NOT EXISTS"
              + " (SELECT 1 FROM discovered o WHERE o.school = ? AND o.identity = ?)",
          sighting.getMac(),
          sighting.getMac(),
          school,
          sighting.getAddress(),
          school,
          sighting.getMac());
      handle.execute(
          "DELETE FROM discovered WHERE school = ? AND identity = ? AND mac = ''",
          school,
          sighting.getAddress());
    }
    handle
        .createUpdate(
            """
            INSERT INTO discovered (school, identity, mac, address, name, description, found_by,
              seen_at, first_seen_millis, last_seen_millis)
            VALUES (:school, :identity, :mac, :address, :name, :description, :foundBy, :seenAt,
              :time, :time)
            ON CONFLICT (school, identity) DO UPDATE SET
              address = coalesce(nullif(excluded.address, ''), discovered.address),
              name = coalesce(nullif(excluded.name, ''), discovered.name),
              description = coalesce(nullif(excluded.description, ''), discovered.description),
              found_by = excluded.found_by,
              seen_at = coalesce(nullif(excluded.seen_at, ''), discovered.seen_at),
              last_seen_millis = CASE
                WHEN excluded.last_seen_millis > discovered.last_seen_millis
                THEN excluded.last_seen_millis ELSE discovered.last_seen_millis END
            """)
        .bind("school", school)
        .bind("identity", identity(sighting))
        .bind("mac", sighting.getMac())
        .bind("address", sighting.getAddress())
        .bind("name", sighting.getName())
        .bind("description", sighting.getDescription())
        .bind("foundBy", String.join(",", new TreeSet<>(sighting.getFoundByList())))
        .bind("seenAt", sighting.getSeenAt())
        .bind("time", sighting.getTimeMillis())
        .execute();
  }

  private static String identity(Sighting sighting) {
    return sighting.getMac().isEmpty() ? sighting.getAddress() : sighting.getMac();
  }

  private static boolean isMadeUp(String mac) {
    return !mac.isEmpty() && (Integer.parseInt(mac.substring(0, 2), 16) & 0x02) != 0;
  }

  /** The register writes host, host:port or [IPv6]:port. */
  private static String host(String address) {
    if (address.startsWith("[")) {
      return address.substring(1, Math.max(1, address.indexOf(']')));
    }
    int colon = address.indexOf(':');
    return colon < 0 ? address : address.substring(0, colon);
  }

  private static Discovered discovered(RowView row) {
    Long decided = row.getColumn("decided_millis", Long.class);
    String foundBy = row.getColumn("found_by", String.class);
    return new Discovered(
        row.getColumn("id", Long.class),
        row.getColumn("school", String.class),
        row.getColumn("mac", String.class),
        row.getColumn("address", String.class),
        row.getColumn("name", String.class),
        row.getColumn("description", String.class),
        foundBy.isEmpty() ? List.of() : List.of(foundBy.split(",", -1)),
        row.getColumn("seen_at", String.class),
        Instant.ofEpochMilli(row.getColumn("first_seen_millis", Long.class)),
        Instant.ofEpochMilli(row.getColumn("last_seen_millis", Long.class)),
        State.valueOf(row.getColumn("state", String.class)),
        decided == null ? null : Instant.ofEpochMilli(decided));
  }
}
