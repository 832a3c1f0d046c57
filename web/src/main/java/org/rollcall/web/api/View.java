package org.rollcall.web.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.accounts.ScopedRegister;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.School;

/** What one viewer may see, at one revision of the register. Lives as long as one call. */
final class View {
  private final District district;
  private final ScopedRegister register;

  View(District district, ScopedRegister register) {
    this.district = district;
    this.register = register;
  }

  ScopedRegister register() {
    return register;
  }

  /** The region, or the topmost visible one when no code is given. */
  Region regionOrRoot(@Nullable String code) {
    if (code != null) {
      return region(code);
    }
    Region root = register.root();
    if (root == null) {
      throw ApiProblem.unknown("region", "区域", "");
    }
    return root;
  }

  Region region(String code) {
    Region region = register.region(code);
    if (region == null) {
      throw ApiProblem.unknown("region", "区域", code);
    }
    return region;
  }

  School school(String code) {
    School school = register.school(code);
    if (school == null) {
      throw ApiProblem.unknown("school", "学校", code);
    }
    return school;
  }

  /** Of a region and below; of all that is visible when no code is given. */
  List<School> schools(@Nullable String region) {
    return region == null ? register.schools() : register.schools(region);
  }

  Region regionOf(School school) {
    return region(school.region());
  }

  Standing standing(School school) {
    return district.standing(school);
  }

  String state(String school) {
    return district.state(school);
  }

  @Nullable Instant lastSeen(String school) {
    return district.lastSeen(school);
  }
}
