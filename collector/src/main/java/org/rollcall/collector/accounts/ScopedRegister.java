package org.rollcall.collector.accounts;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.registry.Inventory;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.registry.School;

/**
 * The register as one viewer may see it, at one revision. What is out of scope looks exactly as if
 * it were not there, so that an answer does not tell that something exists. Any thread.
 */
public final class ScopedRegister {
  private final Viewer viewer;
  private final Register register;
  private final Registry registry;
  private final LocalDate date;

  private ScopedRegister(Viewer viewer, Register register, Registry registry, LocalDate date) {
    this.viewer = viewer;
    this.register = register;
    this.registry = registry;
    this.date = date;
  }

  /** The viewer's part of the register as it is now; reads the database. */
  public static ScopedRegister of(Viewer viewer, Registry registry) {
    return new ScopedRegister(viewer, registry.snapshot(), registry, registry.today());
  }

  /** The viewer's part of the register as it was on a date, for what was reported then. */
  public static ScopedRegister at(Viewer viewer, Registry registry, LocalDate date) {
    return new ScopedRegister(viewer, registry.at(date), registry, date);
  }

  /**
   * The register for figures of regions in scope: whole for those whose scope is a region, because
   * nothing outside it can be asked for; for a school's account, that school alone.
   */
  public Register part() {
    if (viewer.role().scope() != Role.Scope.SCHOOL) {
      return register;
    }
    List<Region> own =
        regions().stream()
            .map(r -> new Region(r.code(), r.name(), r.nameEn(), r.level(), null))
            .toList();
    return new Register(register.revision(), own, schools());
  }

  public Viewer viewer() {
    return viewer;
  }

  public long revision() {
    return register.revision();
  }

  /** The uppermost region the viewer sees; null if it sees none. */
  public @Nullable Region root() {
    List<Region> regions = regions();
    return regions.isEmpty() ? null : regions.get(0);
  }

  /** The regions in scope, each before the ones below it. */
  public List<Region> regions() {
    if (viewer.role().scope() == Role.Scope.EVERYTHING) {
      return register.regions();
    }
    return register.regions().stream().filter(region -> viewer.sees(region, register)).toList();
  }

  /** The region with this code if it is in scope, else null. */
  public @Nullable Region region(String code) {
    Region region = register.region(code);
    return region != null && viewer.sees(region, register) ? region : null;
  }

  /** The regions directly below, as far as they are in scope. */
  public List<Region> children(String code) {
    return register.children(code).stream()
        .filter(region -> viewer.sees(region, register))
        .toList();
  }

  /** From the viewer's uppermost region down to this one; empty if it is out of scope. */
  public List<Region> breadcrumb(String code) {
    return register.breadcrumb(code).stream()
        .filter(region -> viewer.sees(region, register))
        .toList();
  }

  /** The school with this code if it is in scope, else null. */
  public @Nullable School school(String code) {
    School school = register.school(code);
    return school != null && viewer.sees(school, register) ? school : null;
  }

  /** The further campuses of a school, as far as they are in scope. */
  public List<School> campuses(String mainSchool) {
    return visible(register.campuses(mainSchool));
  }

  /** All open schools in scope; campuses are no schools. */
  public List<School> schools() {
    return visible(register.schools());
  }

  /** The schools in a region and below it, as far as they are in scope. */
  public List<School> schools(String region) {
    return visible(register.schools(region));
  }

  private List<School> visible(List<School> schools) {
    if (viewer.role().scope() == Role.Scope.EVERYTHING) {
      return schools;
    }
    return schools.stream().filter(school -> viewer.sees(school, register)).toList();
  }

  /**
   * What a school has, without addresses for the public; null if it is out of scope. Reads the
   * database.
   */
  public @Nullable Inventory inventory(String code) {
    if (school(code) == null) {
      return null;
    }
    Inventory inventory = registry.inventory(code, date);
    return viewer.role().seesAddresses() ? inventory : inventory.withoutAddresses();
  }
}
