package org.rollcall.web.api;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.accounts.Role;
import org.rollcall.collector.accounts.ScopedRegister;
import org.rollcall.collector.judge.Verdict.Evidence;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.requests.Attachment;
import org.rollcall.collector.requests.RequestFault;
import org.rollcall.collector.requests.RequestScope;
import org.rollcall.collector.requests.SchoolRequest;
import org.rollcall.collector.requests.SchoolRequest.Judged;

/** A school's request as the API tells it, and who sees which. */
final class RequestView {
  private RequestView() {}

  /** One request. */
  record Item(
      long id,
      SchoolRequest.Kind kind,
      SchoolRequest.State state,
      boolean waiting,
      String school,
      String schoolName,
      String schoolNameEn,
      String regionName,
      String regionNameEn,
      String text,
      String account,
      String at,
      String changed,
      Then judged,
      int files,
      boolean mayAnswer,
      boolean mayWithdraw) {}

  /** The verdict as it was when it was asked. */
  record Then(
      String profile,
      String rule,
      String date,
      Outcome verdict,
      Evidence evidence,
      boolean disputed,
      @Nullable Double value,
      @Nullable Double threshold,
      String unit,
      int samples,
      String from,
      String to,
      String profileVersion,
      String calendarVersion) {}

  record StepView(SchoolRequest.State state, String account, String at, String text) {}

  record FileView(
      long id,
      String name,
      Attachment.Type type,
      long bytes,
      String sha256,
      String account,
      String at) {}

  /** One request with all that belongs to it. */
  record Whole(Item request, List<StepView> steps, List<FileView> files, Limits limits) {}

  /** What may lie beside an objection; project defaults. */
  record Limits(int files, int bytes, List<String> types) {
    static Limits inForce() {
      return new Limits(
          Attachment.MOST_FILES,
          Attachment.MOST_BYTES,
          java.util.Arrays.stream(Attachment.Type.values()).map(Enum::name).toList());
    }
  }

  /**
   * Whose requests a caller asks about.
   *
   * @throws ApiProblem if it is the public, or the region is out of scope
   */
  static RequestScope scope(View view, @Nullable String region) {
    requireAccount(view.register());
    String narrow = region == null ? null : view.region(region).code();
    return RequestScope.of(view.register().viewer(), narrow);
  }

  /** What schools ask is nothing for the public. */
  static void requireAccount(ScopedRegister register) {
    if (register.viewer().role() == Role.PUBLIC) {
      throw ApiProblem.notYours("requests of schools; sign in first");
    }
  }

  /** Whether the role answers for a region, the bureau as well as its technicians. */
  static boolean answers(Role role) {
    return role == Role.ADMINISTRATOR || role == Role.BUREAU || role == Role.TECHNICIAN;
  }

  /** What is wrong, in both languages. */
  static void refuse(@Nullable RequestFault fault) {
    if (fault != null) {
      throw refusal(fault);
    }
  }

  static ApiProblem refusal(RequestFault fault) {
    String code = fault.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return ApiProblem.refused(code, fault.text(Locale.ENGLISH), fault.text(Locale.CHINA));
  }

  static Item item(SchoolRequest request, Request asking, ScopedRegister register) {
    School school = register.school(request.school());
    Region region = school == null ? null : register.region(school.region());
    boolean waiting = request.state().isWaiting();
    Role role = asking.viewer().role();
    boolean own = role == Role.SCHOOL || request.account().equals(asking.actor().account());
    return new Item(
        request.id(),
        request.kind(),
        request.state(),
        waiting,
        request.school(),
        school == null ? request.school() : school.name(),
        school == null ? request.school() : school.nameEn(),
        region == null ? "" : region.name(),
        region == null ? "" : region.nameEn(),
        request.text(),
        request.account(),
        Times.known(request.at()),
        Times.known(request.changed()),
        then(request.judged()),
        request.files(),
        waiting && answers(role),
        waiting && own && request.kind() == SchoolRequest.Kind.OBJECTION);
  }

  private static Then then(Judged judged) {
    return new Then(
        judged.profile(),
        judged.rule(),
        judged.date().toString(),
        judged.outcome(),
        judged.evidence(),
        judged.disputed(),
        judged.value(),
        judged.threshold(),
        judged.unit(),
        judged.samples(),
        judged.from().toString(),
        judged.to().toString(),
        judged.profileVersion(),
        judged.calendarVersion());
  }

  static StepView step(SchoolRequest.Step step) {
    return new StepView(step.state(), step.account(), Times.known(step.at()), step.text());
  }

  static FileView file(Attachment file) {
    return new FileView(
        file.id(),
        file.name(),
        file.type(),
        file.bytes(),
        file.sha256(),
        file.account(),
        Times.known(file.at()));
  }
}
