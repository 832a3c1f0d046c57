package org.rollcall.collector.registry;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.rollcall.collector.database.Database;

/**
 * The register in the database. Every change raises {@link #revision()}, also one that another
 * process made, so whoever keeps a copy asks for the revision and not for the data. Any thread;
 * every call reads the database.
 */
public final class Registry {
  /** How many schools one query names. SQLite allows 32,766 parameters. */
  private static final int SCHOOLS_PER_QUERY = 500;

  private final Database database;
  private volatile Register newest = Register.empty();

  public Registry(Database database) {
    this.database = database;
  }

  /** Grows with every change; 0 for a register that never held anything. */
  public long revision() {
    return database.readOnly().withHandle(Registry::revision);
  }

  static long revision(Handle handle) {
    return handle.createQuery("SELECT revision FROM register_revision").mapTo(Long.class).one();
  }

  /** Regions and schools as they are now; the same object until something changes. */
  public Register snapshot() {
    Register kept = newest;
    if (kept.revision() == revision()) {
      return kept;
    }
    Register read = database.readOnly().inTransaction(Registry::read);
    newest = read;
    return read;
  }

  /** What {@link #snapshot()} found last, without asking the database. */
  public Register known() {
    return newest;
  }

  static Register read(Handle handle) {
    List<Region> regions =
        handle
            .createQuery("SELECT code, name, name_en, level, parent FROM region")
            .map(ConstructorMapper.of(Region.class))
            .list();
    List<School> schools =
        handle
            .createQuery(
                "SELECT code, name, name_en, region, stage, tier, ownership, setting, students,"
                    + " teachers, classes, lon, lat, medium, isp, contract_mbps, edu_network"
                    + " FROM school")
            .map(ConstructorMapper.of(School.class))
            .list();
    return new Register(revision(handle), regions, schools);
  }

  /** What a school has; empty lists for a school that is unknown or has nothing. */
  public Inventory inventory(String school) {
    Inventory found = inventories(List.of(school)).get(school);
    return found == null ? new Inventory(school, List.of(), List.of()) : found;
  }

  /**
   * What many schools have, in one consistent state.
   *
   * @return an entry for each of {@code schools}, in their order
   */
  public Map<String, Inventory> inventories(Collection<String> schools) {
    List<String> codes = schools.stream().distinct().toList();
    Map<String, List<SchoolClass>> classes = new HashMap<>();
    Map<String, List<Device>> devices = new HashMap<>();
    database
        .readOnly()
        .useTransaction(
            handle ->
                readInventories(
                    handle,
                    codes,
                    c -> classes.computeIfAbsent(c.school(), school -> new ArrayList<>()).add(c),
                    d -> devices.computeIfAbsent(d.school(), school -> new ArrayList<>()).add(d)));
    Map<String, Inventory> all = new LinkedHashMap<>();
    for (String code : codes) {
      all.put(
          code,
          new Inventory(
              code, classes.getOrDefault(code, List.of()), devices.getOrDefault(code, List.of())));
    }
    return all;
  }

  /** Hands out the classes and devices of some schools, each school's in their order. */
  static void readInventories(
      Handle handle,
      List<String> schools,
      Consumer<SchoolClass> classes,
      Consumer<Device> devices) {
    for (int from = 0; from < schools.size(); from += SCHOOLS_PER_QUERY) {
      List<String> some = schools.subList(from, Math.min(schools.size(), from + SCHOOLS_PER_QUERY));
      handle
          .createQuery(
              "SELECT school, name, grade, platform_declared FROM school_class"
                  + " WHERE school IN (<schools>) ORDER BY school, grade, name")
          .bindList("schools", some)
          .map(ConstructorMapper.of(SchoolClass.class))
          .forEach(classes);
      handle
          .createQuery(
              "SELECT school, space, kind, name, address, probe FROM device"
                  + " WHERE school IN (<schools>) ORDER BY school, kind, name")
          .bindList("schools", some)
          .map(ConstructorMapper.of(Device.class))
          .forEach(devices);
    }
  }

  /**
   * Changes the register in one transaction, which raises the revision if anything changed. If
   * {@code work} throws, nothing has changed.
   */
  public <T> T change(Function<RegisterChange, T> work) {
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              RegisterChange change = new RegisterChange(handle);
              T result = work.apply(change);
              change.finish();
              return result;
            });
  }

  /** Does {@code work} as {@link #change} would, and takes it all back. */
  public <T> T rehearse(Function<RegisterChange, T> work) {
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              RegisterChange change = new RegisterChange(handle);
              T result = work.apply(change);
              change.finish();
              handle.rollback();
              return result;
            });
  }
}
