package org.rollcall.collector.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.rollcall.collector.calendar.SchoolCalendar;
import org.rollcall.collector.registry.Registry;
import org.rollcall.config.SettingsException;
import org.rollcall.config.SettingsReader;

class DutyTest {
  private static final String PEOPLE =
      """
      people:
        - { id: chen, name: 陈工, mail: chen@district.example }
        - { id: li, name: 李工, mobile: "13800000001" }
        - { id: wang, name: 王工 }
      """;

  private static Duty duty(String more) throws SettingsException {
    return SettingsReader.read("duty", PEOPLE + more, Path.of("."), Duty.class);
  }

  private static Instant at(String time) {
    return LocalDateTime.parse(time).atZone(Registry.ZONE).toInstant();
  }

  private static SchoolCalendar calendar() throws SettingsException {
    return SchoolCalendar.read(Path.of("../config/calendars/demo.yaml"));
  }

  @Test
  void theRotaTurnsAtItsHourAndHasAnOrderOfItsOwnForDaysWithoutLessons() throws Exception {
    Duty duty =
        duty(
            """
            rotas:
              - id: r
                from: 2026-04-13
                at: "08:00"
                days: 7
                order: [chen, li]
                holidays: [wang]
                except: [{ from: 2026-04-21, to: 2026-04-22, person: chen }]
            """);
    Duty.Rota rota = duty.rotas().get(0);
    SchoolCalendar calendar = calendar();
    assertThat(duty.onDuty(rota, at("2026-04-13T08:00"), calendar)).isEqualTo("陈工");
    assertThat(duty.onDuty(rota, at("2026-04-18T12:00"), calendar))
        .as("a Saturday")
        .isEqualTo("王工");
    assertThat(duty.onDuty(rota, at("2026-04-20T07:59"), calendar))
        .as("still the Sunday's")
        .isEqualTo("王工");
    assertThat(duty.onDuty(rota, at("2026-04-20T08:00"), calendar)).isEqualTo("李工");
    assertThat(duty.onDuty(rota, at("2026-04-21T09:00"), calendar)).as("stands in").isEqualTo("陈工");
    assertThat(duty.onDuty(rota, at("2026-04-23T09:00"), calendar)).isEqualTo("李工");
    assertThat(duty.onDuty(rota, at("2026-04-27T09:00"), calendar)).isEqualTo("陈工");
    assertThat(duty.onDuty(rota, at("2026-03-02T09:00"), calendar)).as("before it").isEqualTo("陈工");
  }

  @Test
  void aStepMeansPeopleAndWhoeverIsOnDutyEachOnce() throws Exception {
    Duty duty =
        duty(
            """
            rotas: [{ id: r, from: 2026-04-13, order: [li] }]
            ways: [{ id: w, steps: [{ channels: [a], to: ["rota:r", li, chen] }] }]
            """);
    assertThat(duty.whom(duty.ways().get(0).steps().get(0), at("2026-04-15T09:00"), calendar()))
        .extracting(Duty.Person::id)
        .containsExactly("chen", "li");
    assertThat(duty.channels()).containsExactly("a");
  }

  @Test
  void whatDoesNotFitTogetherIsSaid() {
    assertThatThrownBy(() -> duty("rotas: [{ id: r, from: 2026-04-13, order: [zhao] }]"))
        .hasMessageContaining("r names zhao, who is neither in people nor a rota");
    assertThatThrownBy(() -> duty("ways: [{ id: w, steps: [{ channels: [] }] }]"))
        .hasMessageContaining("a step names no channels");
    assertThatThrownBy(
            () ->
                duty("ways: [{ id: w, steps: [{ after: 1h, channels: [a] }, { channels: [b] }] }]"))
        .hasMessageContaining("not in the order of time");
    assertThatThrownBy(
            () ->
                SettingsReader.read(
                    "duty",
                    "people: [{ id: x, name: X, mobile: \"1\" }]",
                    Path.of("."),
                    Duty.class))
        .hasMessageContaining("has not 11 digits");
  }
}
