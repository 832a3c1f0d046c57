package org.rollcall.web.api;

import java.time.LocalDate;
import org.rollcall.collector.accounts.ScopedRegister;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.School;

/** What one viewer may see of a sheet, by one profile, up to one day. Lives as long as one call. */
record SheetBasis(ScopedRegister register, Profile profile, LocalDate at) {

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
}
