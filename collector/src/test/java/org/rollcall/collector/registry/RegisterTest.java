package org.rollcall.collector.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rollcall.collector.registry.Region.Level;

class RegisterTest {
  private static final Region CITY = region("440300", Level.CITY, null);
  private static final Region LONGGANG = region("440307", Level.COUNTY, "440300");
  private static final Region PINGHU = region("440307001", Level.TOWNSHIP, "440307");
  private static final Region BUJI = region("440307002", Level.TOWNSHIP, "440307");
  private static final Region LUOHU = region("440303", Level.COUNTY, "440300");

  private final Register register =
      new Register(
          7,
          List.of(PINGHU, BUJI, LONGGANG, CITY, LUOHU),
          List.of(
              school("2144000003", "440307002"),
              school("2144000001", "440307001"),
              school("2144000002", "440303"),
              school("2144000004", "440307")));

  @Test
  void findsItsRootWhateverTheOrder() {
    assertThat(register.root()).isEqualTo(CITY);
    assertThat(Register.empty().root()).isNull();
  }

  @Test
  void givesChildrenByCode() {
    assertThat(register.children("440300")).containsExactly(LUOHU, LONGGANG);
    assertThat(register.children("440307")).containsExactly(PINGHU, BUJI);
    assertThat(register.children("440307001")).isEmpty();
    assertThat(register.children("999999")).isEmpty();
  }

  @Test
  void givesTheSchoolsInARegionAndBelowIt() {
    assertThat(register.schools("440307"))
        .extracting(School::code)
        .containsExactly("2144000004", "2144000001", "2144000003");
    assertThat(register.schools("440307002")).extracting(School::code).containsOnly("2144000003");
    assertThat(register.schools("440300")).hasSize(4).isEqualTo(register.schools());
    assertThat(register.schools("4403")).as("a prefix is no region").isEmpty();
  }

  @Test
  void walksFromTheRootToARegion() {
    assertThat(register.breadcrumb("440307002")).containsExactly(CITY, LONGGANG, BUJI);
    assertThat(register.breadcrumb("999999")).isEmpty();
  }

  @Test
  void knowsWhatLiesWithinWhat() {
    assertThat(register.isWithin("440307002", "440300")).isTrue();
    assertThat(register.isWithin("440307", "440307")).isTrue();
    assertThat(register.isWithin("440300", "440307")).isFalse();
    assertThat(register.isWithin("440307002", "440303")).isFalse();
    assertThat(register.isWithin("999999", "999999")).isFalse();
  }

  @Test
  void refusesASchoolOrRegionThatHangsInTheAir() {
    assertThatThrownBy(() -> new Register(1, List.of(LONGGANG), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new Register(1, List.of(CITY), List.of(school("2144000001", "440307"))))
        .hasMessageContaining("2144000001")
        .hasMessageContaining("440307");
  }

  static Region region(String code, Level level, @org.jspecify.annotations.Nullable String parent) {
    return new Region(code, "名" + code, "Name " + code, level, parent);
  }

  static School school(String code, String region) {
    return new School(
        code,
        "示例小学",
        "Example Primary",
        region,
        School.Stage.PRIMARY,
        School.Tier.A,
        School.Ownership.PUBLIC,
        School.Setting.URBAN,
        900,
        50,
        20,
        114.1,
        22.7,
        School.Medium.FIBRE,
        "电信",
        100.0,
        true);
  }
}
