package org.rollcall.web.api;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.registry.Device;
import org.rollcall.collector.registry.School;
import org.rollcall.protocol.Subject;
import org.rollcall.protocol.v1.Observation;

/**
 * {@code GET /api/v1/schools/{code}/devices/{subject}}: why the pages say what they say of one
 * subject: its entry in the register and its newest look, every measure of it.
 */
final class DeviceCall implements Call {
  private final District district;

  DeviceCall(District district) {
    this.district = district;
  }

  private record Answer(
      String school,
      String schoolName,
      String schoolNameEn,
      String subject,
      String kind,
      String name,
      boolean registered,
      @Nullable String space,
      @Nullable String address,
      @Nullable String probe,
      @Nullable String seen,
      @Nullable String reason,
      Map<String, Double> measures) {}

  @Override
  public Object answer(Request request) {
    View view = district.view(request);
    School school = view.school(request.path("code"));
    ProblemView.requireAccount(view.register());
    String subject = request.path("subject");
    Device device =
        district.inventory(school.code()).devices().stream()
            .filter(each -> each.subject().equals(subject))
            .findFirst()
            .orElse(null);
    Observation seen = district.pulse().school(school.code()).get(subject);
    if (device == null && seen == null) {
      throw ApiProblem.unknown("device", "设备", subject);
    }
    return new Answer(
        school.code(),
        school.name(),
        school.nameEn(),
        subject,
        Subject.kind(subject),
        Subject.name(subject),
        device != null,
        device == null ? null : filled(device.space()),
        device == null ? null : filled(device.address()),
        device == null ? null : filled(device.probe()),
        seen == null ? null : Times.ofMillis(seen.getTimeMillis()),
        seen == null ? null : filled(seen.getReason()),
        seen == null ? Map.of() : new TreeMap<>(seen.getMeasuresMap()));
  }

  private static @Nullable String filled(String text) {
    return text.isEmpty() ? null : text;
  }
}
