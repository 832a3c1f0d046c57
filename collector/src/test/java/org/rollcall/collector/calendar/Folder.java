package org.rollcall.collector.calendar;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.Region.Level;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.registry.School.Ownership;
import org.rollcall.collector.registry.School.Setting;
import org.rollcall.collector.registry.School.Stage;
import org.rollcall.collector.registry.School.Tier;
import org.rollcall.config.SettingsException;

/** Calendar files in a folder, and a small register of a county without its province. */
record Folder(Path path) {
  static final String CHINA =
      """
      id: china
      version: "1"
      title: 中国
      titleEn: China
      zone: Asia/Shanghai
      regions: []
      holidayYears:
        - year: 2027
          holidays:
            - { name: 国庆节, from: 2027-10-01, to: 2027-10-07 }
          makeUpDays:
            - { date: 2027-10-09, follows: friday }
        - year: 2028
          holidays:
            - { name: 元旦, from: 2028-01-01, to: 2028-01-03 }
      """;

  static final String PROVINCE =
      """
      id: province
      version: "1"
      title: 省
      titleEn: Province
      base: china.yaml
      regions: [440000]
      schoolYears:
        - name: 2027-2028
          from: 2027-09-01
          to: 2028-08-31
          terms:
            - { name: one, from: 2027-09-01, to: 2028-01-21 }
            - { name: two, from: 2028-02-14, to: 2028-07-07 }
      lessonDays: [monday, tuesday, wednesday, thursday, friday]
      periods:
        - { name: one, from: "08:00", to: "08:40" }
        - { name: two, from: "09:00", to: "09:40" }
      """;

  /** What a township's calendar begins with; whatever follows is what it says otherwise. */
  static final String TOWNSHIP =
      """
      id: township
      version: "1"
      title: 镇
      titleEn: Township
      base: province.yaml
      regions: [440307001]
      """;

  static final Register REGISTER =
      new Register(
          1,
          List.of(
              region("440307", Level.COUNTY, null),
              region("440307001", Level.TOWNSHIP, "440307"),
              region("440307002", Level.TOWNSHIP, "440307"),
              region("450000", Level.PROVINCE, null)),
          List.of(school("S1", "440307001"), school("S2", "440307002"), school("S3", "450000")));

  private static Region region(String code, Level level, @Nullable String parent) {
    return new Region(code, code, code, level, parent);
  }

  static School school(String code, String region) {
    return new School(
        code,
        code,
        code,
        region,
        Stage.PRIMARY,
        Tier.A,
        Ownership.PUBLIC,
        Setting.TOWN,
        900,
        50,
        20,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  Folder file(String name, String text) {
    try {
      Files.writeString(path.resolve(name), text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return this;
  }

  SchoolCalendars read() {
    try {
      return SchoolCalendars.read(path);
    } catch (SettingsException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Everything that is wrong with the folder, a line each. */
  List<String> problems() {
    SettingsException refused =
        catchThrowableOfType(SettingsException.class, () -> SchoolCalendars.read(path));
    return refused == null ? List.of() : refused.problems().stream().map(Object::toString).toList();
  }

  static SchoolCalendar of(SchoolCalendars calendars, String school) {
    School found = REGISTER.school(school);
    if (found == null) {
      throw new IllegalArgumentException(school);
    }
    return calendars.of(found, REGISTER);
  }
}
