package org.rollcall.collector.accounts;

import org.jspecify.annotations.Nullable;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.School;

/**
 * Somebody who asks. Sees only what the role and the scope name; whatever is unknown or missing is
 * not seen.
 *
 * @param regionCode the region of a bureau, a technician or the public view; null for others, and
 *     for a public view that opens nothing
 * @param schoolCode the school of a school account; null for others
 */
public record Viewer(Role role, @Nullable String regionCode, @Nullable String schoolCode) {

  public Viewer {
    boolean region = regionCode != null;
    boolean school = schoolCode != null;
    boolean fits =
        switch (role.scope()) {
          case EVERYTHING -> !region && !school;
          case REGION -> !school && (region || role == Role.PUBLIC);
          case SCHOOL -> school && !region;
        };
    if (!fits) {
      throw new IllegalArgumentException(
          "The role "
              + role
              + " does not fit the scope: region "
              + regionCode
              + ", school "
              + schoolCode
              + ".");
    }
  }

  public static Viewer administrator() {
    return new Viewer(Role.ADMINISTRATOR, null, null);
  }

  public static Viewer bureau(String region) {
    return new Viewer(Role.BUREAU, region, null);
  }

  public static Viewer technician(String region) {
    return new Viewer(Role.TECHNICIAN, region, null);
  }

  public static Viewer ofSchool(String school) {
    return new Viewer(Role.SCHOOL, null, school);
  }

  /** Anyone, where a bureau has opened a region. */
  public static Viewer publicView(String region) {
    return new Viewer(Role.PUBLIC, region, null);
  }

  /** Anyone, where nothing has been opened. */
  public static Viewer nobody() {
    return new Viewer(Role.PUBLIC, null, null);
  }

  /** Whether this school is in the viewer's scope; a school sees its own campuses. */
  public boolean sees(School school, Register register) {
    return switch (role.scope()) {
      case EVERYTHING -> true;
      case REGION -> regionCode != null && register.isWithin(school.region(), regionCode);
      case SCHOOL ->
          school.code().equals(schoolCode)
              || (school.campusOf() != null && school.campusOf().equals(schoolCode));
    };
  }

  /** Whether this region is in the viewer's scope; a school sees the one it lies in. */
  public boolean sees(Region region, Register register) {
    return switch (role.scope()) {
      case EVERYTHING -> true;
      case REGION -> regionCode != null && register.isWithin(region.code(), regionCode);
      case SCHOOL -> {
        School own = schoolCode == null ? null : register.school(schoolCode);
        yield own != null && own.region().equals(region.code());
      }
    };
  }
}
