package org.rollcall.collector.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.database.OnBothDatabases;
import org.rollcall.collector.database.RegisterHome;
import org.rollcall.collector.registry.Region.Level;
import org.rollcall.collector.registry.RegisterChange.Counts;

@OnBothDatabases
class RegistryTest {
  @Parameter RegisterHome home = RegisterHome.SQLITE;

  private static final Region COUNTY = RegisterTest.region("440307", Level.COUNTY, null);
  private static final School SCHOOL = RegisterTest.school("2144000001", "440307");

  @TempDir Path folder;
  private Database database;
  private Registry registry;

  @BeforeEach
  void open() {
    database = home.open(folder);
    registry = new Registry(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void isEmptyAtFirst() {
    assertThat(registry.revision()).isZero();
    assertThat(registry.snapshot()).isSameAs(Register.empty());
  }

  @Test
  void givesBackWhatWasPutWithEveryField() {
    School bare =
        new School(
            "0000000012",
            "示例教学点",
            "",
            "440307",
            School.Stage.TEACHING_POINT,
            School.Tier.C,
            School.Ownership.PRIVATE,
            School.Setting.RURAL,
            0,
            0,
            0,
            null,
            null,
            null,
            null,
            null,
            null);
    putSchools(SCHOOL, bare);
    assertThat(registry.snapshot().regions()).containsExactly(COUNTY);
    assertThat(registry.snapshot().schools()).containsExactlyInAnyOrder(SCHOOL, bare);
  }

  @Test
  void countsAndRaisesTheRevisionOnlyWhenSomethingChanged() {
    putSchools(SCHOOL);
    Register before = registry.snapshot();
    assertThat(putSchools(SCHOOL)).isEqualTo(new Counts(0, 0, 1));
    assertThat(registry.snapshot()).isSameAs(before);

    School moved = RegisterTest.school("2144000001", "440307001");
    registry.change(
        change ->
            change.putRegions(List.of(RegisterTest.region("440307001", Level.TOWNSHIP, "440307"))));
    assertThat(putSchools(moved, RegisterTest.school("2144000002", "440307")))
        .isEqualTo(new Counts(1, 1, 0));
    assertThat(registry.revision()).isEqualTo(before.revision() + 2);
    assertThat(registry.snapshot().school("2144000001")).isEqualTo(moved);
  }

  @Test
  void seesWhatAnotherProcessChanged() {
    putSchools(SCHOOL);
    assertThat(registry.snapshot().schools()).hasSize(1);
    try (Database other = home.open(folder)) {
      new Registry(other)
          .change(
              change ->
                  change.putSchools(
                      List.of(RegisterTest.school("2144000002", "440307")), Crs.WGS84));
    }
    assertThat(registry.snapshot().schools()).hasSize(2);
  }

  @Test
  void aRehearsalCountsAndChangesNothing() {
    putSchools();
    long before = registry.revision();
    Counts counts = registry.rehearse(change -> change.putSchools(List.of(SCHOOL), Crs.WGS84));
    assertThat(counts).isEqualTo(new Counts(1, 0, 0));
    assertThat(registry.revision()).isEqualTo(before);
    assertThat(registry.snapshot().schools()).isEmpty();
  }

  @Test
  void aChangeThatThrowsLeavesNothing() {
    assertThatThrownBy(
            () ->
                registry.change(
                    change -> {
                      change.putRegions(List.of(COUNTY));
                      throw new IllegalStateException("stop");
                    }))
        .hasMessage("stop");
    assertThat(registry.revision()).isZero();
    assertThat(registry.snapshot().regions()).isEmpty();
  }

  @Test
  void tellsRoomsFromClasses() {
    putSchools(SCHOOL);
    String code = SCHOOL.code();
    registry.change(
        change ->
            change.putClasses(
                List.of(
                    new SchoolClass(code, "2班", 1, true), new SchoolClass(code, "1班", 1, false))));
    registry.change(
        change ->
            change.putDevices(
                List.of(
                    new Device(code, "", "link", "wan", "10.0.0.1", "snmp ifName=GE0/0/1"),
                    new Device(code, "1班", "pc", "t-1", "10.0.1.1", "snmp"),
                    new Device(code, "机房1", "pc", "seat-02", "10.0.2.2", "snmp"),
                    new Device(code, "机房1", "pc", "seat-01", "10.0.2.1", "snmp"),
                    new Device(code, "机房1", "switch", "sw", "10.0.2.9", "snmp"))));
    Inventory inventory = registry.inventory(code);
    assertThat(inventory.classes()).extracting(SchoolClass::name).containsExactly("1班", "2班");
    assertThat(inventory.rooms()).hasSize(1);
    assertThat(inventory.rooms().get(0).name()).isEqualTo("机房1");
    assertThat(inventory.rooms().get(0).pcs())
        .extracting(Device::name)
        .containsExactly("seat-01", "seat-02");
    assertThat(inventory.devicesIn("")).extracting(Device::subject).containsExactly("link:wan");
    assertThat(inventory.withoutAddresses().devices())
        .allSatisfy(device -> assertThat(device.address() + device.probe()).isEmpty());
  }

  @Test
  void givesTheInventoriesOfManySchoolsAtOnce() {
    School[] many =
        IntStream.range(0, 1_200)
            .mapToObj(i -> RegisterTest.school("21440%05d".formatted(i), "440307"))
            .toArray(School[]::new);
    putSchools(many);
    registry.change(
        change ->
            change.putClasses(
                IntStream.range(0, 1_200)
                    .mapToObj(i -> new SchoolClass(many[i].code(), "1班", 1, true))
                    .toList()));
    assertThat(registry.inventories(List.of(many[0].code(), "none", many[7].code())).keySet())
        .containsExactly(many[0].code(), "none", many[7].code());
    List<String> codes = List.of(many).stream().map(School::code).toList();
    assertThat(registry.inventories(codes).values())
        .hasSize(1_200)
        .allSatisfy(inventory -> assertThat(inventory.classes()).hasSize(1));
  }

  private Counts putSchools(School... schools) {
    return registry.change(
        change -> {
          change.putRegions(List.of(COUNTY));
          return change.putSchools(List.of(schools), Crs.WGS84);
        });
  }
}
