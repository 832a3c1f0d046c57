package org.rollcall.web.api;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.accounts.Role;
import org.rollcall.collector.accounts.ScopedRegister;
import org.rollcall.collector.problems.Case;
import org.rollcall.collector.problems.Cause;
import org.rollcall.collector.problems.CauseKind;
import org.rollcall.collector.problems.CauseText;
import org.rollcall.collector.problems.Note;
import org.rollcall.collector.problems.Ticket;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.School;
import org.rollcall.protocol.Subject;

/** A cause as the API tells it, and whose causes a caller sees. */
final class ProblemView {
  /** Schools of one cause that are named. */
  private static final int SCHOOLS = 50;

  private ProblemView() {}

  /** One cause. */
  record Item(
      String id,
      CauseKind kind,
      Case.State state,
      String region,
      String regionName,
      String regionNameEn,
      int schoolCount,
      List<Named> schools,
      @Nullable String subject,
      @Nullable String name,
      @Nullable String space,
      String since,
      Cause.Known sinceKnown,
      String zh,
      String en,
      String nextZh,
      String nextEn,
      Behind behind,
      int classes,
      int minutesToday,
      int minutesWeek,
      long impact,
      @Nullable NoteView acknowledged,
      @Nullable TicketView ticket,
      int comments) {}

  record Named(String code, String name, String nameEn) {}

  record Behind(int count, List<String> subjects) {}

  record NoteView(String account, String at, String comment) {}

  record TicketView(
      String number, String assignee, Ticket.State state, String account, String at) {}

  /**
   * Which schools a caller asks about.
   *
   * @throws ApiProblem if it is the public, or the region is out of scope
   */
  static Predicate<String> sees(View view, @Nullable String region) {
    ScopedRegister register = view.register();
    requireAccount(register);
    if (region == null) {
      return code -> register.school(code) != null;
    }
    String within = view.region(region).code();
    return code -> {
      School school = register.school(code);
      return school != null && register.part().isWithin(school.region(), within);
    };
  }

  /** What is broken where, and which agents watch, is nothing for the public. */
  static void requireAccount(ScopedRegister register) {
    if (register.viewer().role() == Role.PUBLIC) {
      throw ApiProblem.notYours("problems and agents; sign in first");
    }
  }

  static Item item(Case each, ScopedRegister register) {
    Cause cause = each.cause();
    Region region = register.region(cause.region());
    String subject = cause.subject();
    String space = cause.params().getOrDefault("space", "");
    CauseText zh = CauseText.in(Locale.SIMPLIFIED_CHINESE);
    CauseText en = CauseText.in(Locale.ENGLISH);
    Note ack = each.acknowledged();
    return new Item(
        cause.id(),
        cause.kind(),
        each.state(),
        cause.region(),
        region == null ? cause.region() : region.name(),
        region == null ? cause.region() : region.nameEn(),
        cause.schools().size(),
        cause.schools().stream().limit(SCHOOLS).map(code -> named(code, register)).toList(),
        subject.isEmpty() ? null : subject,
        subject.isEmpty() ? null : Subject.name(subject),
        space.isEmpty() ? null : space,
        Times.known(cause.since()),
        cause.known(),
        zh.reason(cause),
        en.reason(cause),
        zh.next(cause),
        en.next(cause),
        behind(cause.behind()),
        cause.classes(),
        cause.minutesToday(),
        cause.minutesWeek(),
        cause.impact(),
        ack == null ? null : note(ack),
        ticket(each.ticket()),
        each.comments());
  }

  private static Named named(String code, ScopedRegister register) {
    School school = register.school(code);
    return school == null
        ? new Named(code, code, code)
        : new Named(code, school.name(), school.nameEn());
  }

  private static Behind behind(Cause.Behind behind) {
    return new Behind(behind.count(), behind.subjects());
  }

  static NoteView note(Note note) {
    return new NoteView(note.account(), Times.known(note.at()), note.comment());
  }

  private static @Nullable TicketView ticket(@Nullable Ticket ticket) {
    return ticket == null
        ? null
        : new TicketView(
            ticket.number(),
            ticket.assignee(),
            ticket.state(),
            ticket.account(),
            Times.known(ticket.at()));
  }
}
