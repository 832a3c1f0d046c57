package org.rollcall.collector.registry;

import java.util.Collection;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
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
    return put(
        regions,
        region ->
            handle
                .createQuery("SELECT code, name, name_en, level, parent FROM region WHERE code = ?")
                .bind(0, region.code())
                .map(ConstructorMapper.of(Region.class))
                .findOne(),
        PUT_REGION,
        null);
  }

  /**
   * Puts schools whose regions are there already.
   *
   * @param sourceCrs the reference system the coordinates were given in, before they became WGS-84
   */
  public Counts putSchools(Collection<School> schools, Crs sourceCrs) {
    Register before = register();
    return put(
        schools,
        school -> Optional.ofNullable(before.school(school.code())),
        PUT_SCHOOL,
        sourceCrs);
  }

  public Counts putClasses(Collection<SchoolClass> classes) {
    return put(
        classes,
        c ->
            handle
                .createQuery(
                    "SELECT school, name, grade, platform_declared FROM school_class"
                        + " WHERE school = ? AND name = ?")
                .bind(0, c.school())
                .bind(1, c.name())
                .map(ConstructorMapper.of(SchoolClass.class))
                .findOne(),
        PUT_CLASS,
        null);
  }

  public Counts putDevices(Collection<Device> devices) {
    return put(
        devices,
        d ->
            handle
                .createQuery(
                    "SELECT school, space, kind, name, address, probe FROM device"
                        + " WHERE school = ? AND kind = ? AND name = ?")
                .bind(0, d.school())
                .bind(1, d.kind())
                .bind(2, d.name())
                .map(ConstructorMapper.of(Device.class))
                .findOne(),
        PUT_DEVICE,
        null);
  }

  private interface Lookup<T> {
    Optional<T> find(T key);
  }

  private <T> Counts put(
      Collection<T> records, Lookup<T> before, String sql, @Nullable Crs sourceCrs) {
    int inserted = 0;
    int replaced = 0;
    try (PreparedBatch batch = handle.prepareBatch(sql)) {
      for (T wanted : records) {
        Optional<T> found = before.find(wanted);
        if (found.isPresent() && found.get().equals(wanted)) {
          continue;
        }
        if (found.isPresent()) {
          replaced++;
        } else {
          inserted++;
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
