package org.rollcall.collector.registry;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * An open change of the register. Records replace those with the same key; others stay. Only the
 * thread that runs the change may use it, and only until it ends.
 */
public final class RegisterChange {
  private static final int ROWS_PER_BATCH = 1_000;

  private static final String PUT_REGION =
      """
      INSERT INTO region (code, name, name_en, level, parent)
      VALUES (:code, :name, :nameEn, :level, :parent)
      ON CONFLICT (code) DO UPDATE SET name = excluded.name, name_en = excluded.name_en,
        level = excluded.level, parent = excluded.parent
      """;

  private static final String PUT_SCHOOL =
      """
      INSERT INTO school (code, name, name_en, region, stage, tier, ownership, setting, students,
        teachers, classes, lon, lat, source_crs, medium, isp, contract_mbps, edu_network)
      VALUES (:code, :name, :nameEn, :region, :stage, :tier, :ownership, :setting, :students,
        :teachers, :classes, :lon, :lat, :sourceCrs, :medium, :isp, :contractMbps, :eduNetwork)
      ON CONFLICT (code) DO UPDATE SET name = excluded.name, name_en = excluded.name_en,
        region = excluded.region, stage = excluded.stage, tier = excluded.tier,
        ownership = excluded.ownership, setting = excluded.setting, students = excluded.students,
        teachers = excluded.teachers, classes = excluded.classes, lon = excluded.lon,
        lat = excluded.lat, source_crs = excluded.source_crs, medium = excluded.medium,
        isp = excluded.isp, contract_mbps = excluded.contract_mbps,
        edu_network = excluded.edu_network
      """;

  private static final String PUT_CLASS =
      """
      INSERT INTO school_class (school, name, grade, platform_declared)
      VALUES (:school, :name, :grade, :platformDeclared)
      ON CONFLICT (school, name) DO UPDATE SET grade = excluded.grade,
        platform_declared = excluded.platform_declared
      """;

  private static final String PUT_DEVICE =
      """
      INSERT INTO device (school, kind, name, space, address, probe)
      VALUES (:school, :kind, :name, :space, :address, :probe)
      ON CONFLICT (school, kind, name) DO UPDATE SET space = excluded.space,
        address = excluded.address, probe = excluded.probe
      """;

  private final Handle handle;
  private boolean changed;

  RegisterChange(Handle handle) {
    this.handle = handle;
  }

  /** How many records were new, differed, or stood there already. */
  public record Counts(int inserted, int changed, int unchanged) {}

  /** Regions and schools as this change sees them. */
  public Register register() {
    return Registry.read(handle);
  }

  /** Parents may come after their children, but must be there when the change ends. */
  public Counts putRegions(Collection<Region> regions) {
    Register before = register();
    return put(regions, region -> before.region(region.code()), PUT_REGION, null);
  }

  /**
   * Puts schools whose regions are there already.
   *
   * @param sourceCrs the reference system the coordinates were given in, before they became WGS-84
   */
  public Counts putSchools(Collection<School> schools, Crs sourceCrs) {
    Register before = register();
    return put(schools, school -> before.school(school.code()), PUT_SCHOOL, sourceCrs);
  }

  /** Puts classes whose schools are there already. */
  public Counts putClasses(Collection<SchoolClass> classes) {
    Map<List<String>, SchoolClass> before = new HashMap<>();
    Registry.readInventories(
        handle,
        classes.stream().map(SchoolClass::school).distinct().toList(),
        found -> before.put(key(found), found),
        device -> {});
    return put(classes, c -> before.get(key(c)), PUT_CLASS, null);
  }

  private static List<String> key(SchoolClass c) {
    return List.of(c.school(), c.name());
  }

  /** Puts devices whose schools are there already. */
  public Counts putDevices(Collection<Device> devices) {
    Map<List<String>, Device> before = new HashMap<>();
    Registry.readInventories(
        handle,
        devices.stream().map(Device::school).distinct().toList(),
        c -> {},
        found -> before.put(key(found), found));
    return put(devices, device -> before.get(key(device)), PUT_DEVICE, null);
  }

  private static List<String> key(Device device) {
    return List.of(device.school(), device.kind(), device.name());
  }

  private interface Before<T> {
    /** The record with the same key as it stands, or null. */
    @Nullable T find(T wanted);
  }

  private <T> Counts put(
      Collection<T> records, Before<T> before, String sql, @Nullable Crs sourceCrs) {
    int inserted = 0;
    int replaced = 0;
    try (PreparedBatch batch = handle.prepareBatch(sql)) {
      for (T wanted : records) {
        T found = before.find(wanted);
        if (wanted.equals(found)) {
          continue;
        }
        if (found == null) {
          inserted++;
        } else {
          replaced++;
        }
        batch.bindMethods(wanted);
        if (sourceCrs != null) {
          batch.bind("sourceCrs", sourceCrs);
        }
        batch.add();
        if (batch.size() == ROWS_PER_BATCH) {
          batch.execute();
        }
      }
      if (batch.size() > 0) {
        batch.execute();
      }
    }
    changed |= inserted + replaced > 0;
    return new Counts(inserted, replaced, records.size() - inserted - replaced);
  }

  void finish() {
    if (changed) {
      handle.execute("UPDATE register_revision SET revision = revision + 1");
    }
  }
}
