package org.rollcall.web.api;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.accounts.Role;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.selfcheck.Reviewers;
import org.rollcall.collector.selfcheck.SelfCheck.State;
import org.rollcall.collector.selfcheck.SelfChecks;
import org.rollcall.collector.selfcheck.SelfChecks.Progress;

/**
 * {@code GET /api/v1/self-checks}: how far each school's sheet of the round is, those first that
 * wait for whoever asks. For whoever is signed in, of the schools in scope.
 */
final class SelfChecksCall implements Call {
  private final District district;
  private final SelfChecks sheets;

  SelfChecksCall(District district, SelfChecks sheets) {
    this.district = district;
    this.sheets = sheets;
  }

  /**
   * @param waiting how many wait for whoever asks
   * @param counts schools in each state, of all in the region
   */
  private record Page(
      long total, String round, int waiting, Map<String, Integer> counts, List<Item> items) {}

  private record Item(
      String school,
      String schoolName,
      String schoolNameEn,
      String regionName,
      String regionNameEn,
      String state,
      @Nullable String changed,
      boolean waits) {}

  @Override
  public Object answer(Request request) {
    if (request.viewer().role() == Role.PUBLIC) {
      throw ApiProblem.signInFirst();
    }
    View view = district.view(request);
    State asked = request.oneOf("state", State.class);
    String round = SelfChecks.roundOf(view.at());
    Register register = district.register(view.at());
    String region = request.text("region");
    if (region != null) {
      view.region(region);
    }
    Map<String, Progress> progress = sheets.progress(round);
    Map<State, Integer> counts = new EnumMap<>(State.class);
    List<Item> items = new ArrayList<>();
    List<Item> later = new ArrayList<>();
    int waiting = 0;
    for (School school : view.schools(region)) {
      Progress its = progress.get(school.code());
      State state = its == null ? State.DRAFT : its.state();
      counts.merge(state, 1, Integer::sum);
      boolean waits =
          !state.isOpen() && !Reviewers.steps(request.viewer(), register, state).isEmpty();
      waiting += waits ? 1 : 0;
      if (asked == null || asked == state) {
        (waits ? items : later)
            .add(item(school, register.region(school.region()), state, its, waits));
      }
    }
    items.addAll(later);
    Listed<Item> page = Listed.of(request, items);
    Map<String, Integer> told = new TreeMap<>();
    counts.forEach((state, count) -> told.put(state.name(), count));
    return new Page(page.total(), round, waiting, told, page.items());
  }

  private static Item item(
      School school,
      @Nullable Region township,
      State state,
      @Nullable Progress its,
      boolean waits) {
    return new Item(
        school.code(),
        school.name(),
        school.nameEn(),
        township == null ? "" : township.name(),
        township == null ? "" : township.nameEn(),
        state.name(),
        its == null ? null : Times.text(its.changed()),
        waits);
  }
}
