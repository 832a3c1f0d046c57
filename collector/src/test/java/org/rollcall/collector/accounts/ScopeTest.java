package org.rollcall.collector.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.database.OnBothDatabases;
import org.rollcall.collector.database.RegisterHome;
import org.rollcall.collector.registry.Crs;
import org.rollcall.collector.registry.Device;
import org.rollcall.collector.registry.Inventory;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.Region.Level;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.registry.School;

/** A city of two districts; 440307 has two townships. One school in each. */
@OnBothDatabases
class ScopeTest {
  @Parameter RegisterHome home = RegisterHome.SQLITE;

  private static final List<Region> REGIONS =
      List.of(
          new Region("440300", "深圳市", "Shenzhen", Level.CITY, null),
          new Region("440307", "龙岗区", "Longgang", Level.COUNTY, "440300"),
          new Region("440307001", "平湖街道", "Pinghu", Level.TOWNSHIP, "440307"),
          new Region("440307002", "布吉街道", "Buji", Level.TOWNSHIP, "440307"),
          new Region("440303", "罗湖区", "Luohu", Level.COUNTY, "440300"));

  private static final String PINGHU = "2144990001";
  private static final String BUJI = "2144990002";
  private static final String LUOHU = "2144990003";
  private static final String LONGGANG = "2144990004";

  @TempDir Path folder;
  private Database database;
  private Registry registry;

  @BeforeEach
  void open() {
    database = home.open(folder);
    registry = new Registry(database);
    registry.change(
        change -> {
          change.putRegions(REGIONS);
          change.putSchools(
              List.of(
                  school(PINGHU, "440307001"),
                  school(BUJI, "440307002"),
                  school(LUOHU, "440303"),
                  school(LONGGANG, "440307")),
              Crs.WGS84);
          return change.putDevices(
              List.of(new Device(PINGHU, "", "link", "wan", "10.0.0.1", "snmp ifName=wan")));
        });
  }

  @AfterEach
  void close() {
    database.close();
  }

  /** P, B, L and D stand for the schools in Pinghu, Buji, Luohu and Longgang itself. */
  @ParameterizedTest
  @CsvSource({
    "ADMINISTRATOR,,LDPB",
    "BUREAU,440300,LDPB",
    "BUREAU,440307,DPB",
    "BUREAU,440307002,B",
    "BUREAU,440303,L",
    "BUREAU,4403,''",
    "BUREAU,999999,''",
    "TECHNICIAN,440300,LDPB",
    "TECHNICIAN,440307,DPB",
    "TECHNICIAN,440307001,P",
    "PUBLIC,440300,LDPB",
    "PUBLIC,440307,DPB",
    "PUBLIC,,''",
    "SCHOOL,2144990002,B",
    "SCHOOL,2144990003,L",
    "SCHOOL,2144999999,''",
  })
  void eachRoleSeesTheSchoolsOfItsScopeAndNoOther(Role role, String scope, String seen) {
    ScopedRegister register = ScopedRegister.of(viewer(role, scope), registry);
    List<String> expected = seen.chars().mapToObj(ScopeTest::code).toList();
    assertThat(register.schools()).extracting(School::code).containsExactlyElementsOf(expected);
    for (String code : List.of(PINGHU, BUJI, LUOHU, LONGGANG)) {
      boolean visible = expected.contains(code);
      assertThat(register.school(code) != null).as(code).isEqualTo(visible);
      assertThat(register.inventory(code) != null).as(code).isEqualTo(visible);
    }
    for (Region region : REGIONS) {
      assertThat(register.schools(region.code()))
          .extracting(School::code)
          .allSatisfy(code -> assertThat(expected).contains(code));
    }
  }

  @Test
  void regionsAboveAndBesideTheScopeAreNotThere() {
    ScopedRegister register = ScopedRegister.of(Viewer.bureau("440307"), registry);
    assertThat(register.root()).isEqualTo(REGIONS.get(1));
    assertThat(register.region("440300")).isNull();
    assertThat(register.region("440303")).isNull();
    assertThat(register.children("440300")).containsExactly(REGIONS.get(1));
    assertThat(register.breadcrumb("440307001")).containsExactly(REGIONS.get(1), REGIONS.get(2));
    assertThat(register.breadcrumb("440303")).isEmpty();
    assertThat(register.regions()).containsExactly(REGIONS.get(1), REGIONS.get(2), REGIONS.get(3));
  }

  @Test
  void aSchoolSeesItsOwnRegionOnly() {
    ScopedRegister register = ScopedRegister.of(Viewer.ofSchool(BUJI), registry);
    assertThat(register.regions()).containsExactly(REGIONS.get(3));
    assertThat(register.root()).isEqualTo(REGIONS.get(3));
  }

  @Test
  void thePublicSeesNoAddresses() {
    assertThat(devices(Viewer.publicView("440300")))
        .allSatisfy(device -> assertThat(device.address() + device.probe()).isEmpty())
        .hasSize(1);
    assertThat(devices(Viewer.ofSchool(PINGHU)))
        .extracting(Device::address)
        .containsExactly("10.0.0.1");
  }

  @Test
  void onlyAdministratorsAndTechniciansOperate() {
    assertThat(Arrays.stream(Role.values()).filter(Role::operates))
        .containsExactly(Role.ADMINISTRATOR, Role.TECHNICIAN);
  }

  @ParameterizedTest
  @CsvSource({
    "BUREAU,,",
    "TECHNICIAN,,",
    "SCHOOL,,",
    "SCHOOL,440307,",
    "SCHOOL,440307,2144990001",
    "BUREAU,440307,2144990001",
    "ADMINISTRATOR,440307,",
    "PUBLIC,,2144990001"
  })
  void aScopeThatDoesNotFitTheRoleIsRefused(Role role, String region, String school) {
    assertThatThrownBy(() -> new Viewer(role, region, school))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 20260901})
  void aScopeNeverShowsMoreThanTheOneAroundIt(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 50; i++) {
      Region inner = REGIONS.get(random.nextInt(REGIONS.size()));
      if (inner.parent() == null) {
        continue;
      }
      assertThat(ScopedRegister.of(Viewer.bureau(inner.parent()), registry).schools())
          .as("seed %d, %s", seed, inner)
          .containsAll(ScopedRegister.of(Viewer.bureau(inner.code()), registry).schools());
    }
  }

  private List<Device> devices(Viewer viewer) {
    Inventory inventory = ScopedRegister.of(viewer, registry).inventory(PINGHU);
    return inventory == null ? List.of() : inventory.devices();
  }

  private static Viewer viewer(Role role, @org.jspecify.annotations.Nullable String scope) {
    return role == Role.SCHOOL ? new Viewer(role, null, scope) : new Viewer(role, scope, null);
  }

  private static String code(int letter) {
    return switch (letter) {
      case 'P' -> PINGHU;
      case 'B' -> BUJI;
      case 'L' -> LUOHU;
      default -> LONGGANG;
    };
  }

  private static School school(String code, String region) {
    return new School(
        code,
        "示例小学" + code,
        "",
        region,
        School.Stage.PRIMARY,
        School.Tier.A,
        School.Ownership.PUBLIC,
        School.Setting.URBAN,
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
}
