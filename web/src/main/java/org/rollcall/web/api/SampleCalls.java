package org.rollcall.web.api;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.rectification.Sample;
import org.rollcall.collector.rectification.Sample.Found;
import org.rollcall.collector.rectification.Samples;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.School;

/** Schools drawn by lot, for whoever watches a region: the bureau as well as its technicians. */
final class SampleCalls {
  private static final int MOST_NOTE = 500;
  private static final int MOST_CODE = 32;

  private final District district;
  private final Samples samples;

  private record Item(
      long id,
      String region,
      String regionName,
      String regionNameEn,
      String seed,
      int of,
      String date,
      String account,
      String at,
      List<DrawnSchool> schools) {}

  private record DrawnSchool(
      String school, String name, String nameEn, Found found, String note, String account) {}

  SampleCalls(District district, Samples samples) {
    this.district = district;
    this.samples = samples;
  }

  /** {@code GET /api/v1/samples}: of the regions in scope, newest first. */
  Object list(Request request) {
    View view = district.view(request);
    requireWatcher(request);
    String asked = request.text("region");
    String region = asked == null ? null : view.region(asked).code();
    List<Sample> visible =
        samples.all().stream()
            .filter(sample -> view.register().region(sample.region()) != null)
            .filter(sample -> region == null || sample.region().equals(region))
            .toList();
    Listed<Sample> page = Listed.of(request, visible);
    return new Listed<>(
        page.total(), page.items().stream().map(sample -> item(sample, view)).toList());
  }

  private static Item item(Sample sample, View view) {
    Region region = view.region(sample.region());
    return new Item(
        sample.id(),
        region.code(),
        region.name(),
        region.nameEn(),
        sample.seed(),
        sample.of(),
        sample.date().toString(),
        sample.account(),
        Times.known(sample.at()),
        sample.schools().stream().map(drawn -> drawn(drawn, view)).toList());
  }

  /** A school that has closed since is still named by its code. */
  private static DrawnSchool drawn(Sample.Drawn drawn, View view) {
    School school = view.register().school(drawn.school());
    return new DrawnSchool(
        drawn.school(),
        school == null ? drawn.school() : school.name(),
        school == null ? drawn.school() : school.nameEn(),
        drawn.found(),
        drawn.note(),
        drawn.account());
  }

  /** {@code POST /api/v1/regions/{code}/samples}: {@code seed}, {@code count}. */
  Object draw(Change change) {
    Request request = change.request();
    View view = district.view(request);
    Region region = view.region(request.path("code"));
    requireWatcher(request);
    String seed = change.text("seed", Sample.LONGEST_SEED);
    int count = change.number("count", 1, Sample.MOST, 0);
    if (count == 0) {
      throw ApiProblem.badBody(
          "Say in count how many schools are drawn, 1 to " + Sample.MOST + ".",
          "请在 count 中填写抽取学校数,1 至 " + Sample.MOST + "。");
    }
    List<String> codes = view.schools(region.code()).stream().map(School::code).toList();
    if (codes.isEmpty()) {
      throw ApiProblem.notNow(
          "no-schools", "The region has no schools to draw from.", "该区域没有可抽取的学校。");
    }
    return item(found(samples.draw(request.actor(), region.code(), seed, codes, count)), view);
  }

  /** {@code POST /api/v1/samples/{id}/found}: {@code school}, {@code found}, {@code note}. */
  Object enter(Change change) {
    Request request = change.request();
    View view = district.view(request);
    requireWatcher(request);
    String id = request.path("id");
    @Nullable Sample sample =
        id.matches("\\d{1,18}") ? samples.find(Long.parseLong(id)).orElse(null) : null;
    if (sample == null || view.register().region(sample.region()) == null) {
      throw ApiProblem.unknown("sample", "抽查", id);
    }
    String school = change.text("school", MOST_CODE);
    Found found = change.oneOf("found", Found.class);
    String note = change.textOrNull("note", MOST_NOTE);
    if (found == Found.DIFFERS && note == null) {
      throw ApiProblem.badBody("Say in note what differs.", "请在 note 中说明不一致之处。");
    }
    if (!samples.found(request.actor(), sample.id(), school, found, note == null ? "" : note)) {
      throw ApiProblem.unknown("drawn school", "被抽查学校", school);
    }
    return item(found(sample.id()), view);
  }

  private Sample found(long id) {
    return samples
        .find(id)
        .orElseThrow(() -> new IllegalStateException("BUG: sample " + id + " is gone"));
  }

  private static void requireWatcher(Request request) {
    if (!RequestView.answers(request.viewer().role())) {
      throw ApiProblem.notYourTask();
    }
  }
}
