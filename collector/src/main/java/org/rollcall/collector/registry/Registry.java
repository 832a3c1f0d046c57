package org.rollcall.collector.registry;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.audit.AuditLog;
import org.rollcall.collector.database.Database;

/**
 * The register in the database, with its past and what is planned. Every change raises {@link
 * #revision()}, also one that another process made, so whoever keeps a copy asks for the revision
 * and not for the data. Any thread; every call reads the database.
 */
public final class Registry {
  /** Where a day of the register begins and ends. */
  public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  /** How many registers of different times are kept; a province's takes some ten megabytes. */
  private static final int KEPT = 4;

  private final Database database;
  private final Clock clock;
  private volatile Register newest = Register.empty();

  /** The newest first; replaced as a whole. */
  private volatile List<Kept> kept = List.of();

  /** A register and the dates between which it stays the same. */
  private record Kept(Register register, SpanTable.Span span) {
    boolean is(long revision, LocalDate date) {
      return register.revision() == revision && span.covers(date);
    }
  }

  /** The register as it is by this machine's clock. */
  public Registry(Database database) {
    this(database, Clock.systemUTC());
  }

  /**
   * The register as it is by a clock.
   *
   * @param clock tells which day today is, in Asia/Shanghai
   */
  public Registry(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Where changes of this register are written down. */
  public AuditLog audit() {
    return new AuditLog(database.jdbi(), clock);
  }

  /** Today in Asia/Shanghai. */
  public LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZONE);
  }

  /**
   * Grows with every change; 0 for a register that never held anything. A planned change raised it
   * when it was entered, not when its day comes.
   */
  public long revision() {
    return database.readOnly().withHandle(handle -> new RegisterRows(handle).revision());
  }

  /**
   * Regions and schools as they are today; the same object until something changes or the day of a
   * planned change comes.
   */
  public Register snapshot() {
    Register now = at(today());
    newest = now;
    return now;
  }

  /**
   * Regions and schools as they were, or as it is planned that they will be, on a date. Where
   * nothing changed between two dates it is the same object, and costs no more than asking for the
   * revision.
   */
  public Register at(LocalDate date) {
    List<Kept> before = kept;
    long revision = revision();
    for (Kept each : before) {
      if (each.is(revision, date)) {
        return each.register();
      }
    }
    Kept read =
        database
            .readOnly()
            .inTransaction(
                handle -> {
                  RegisterRows rows = new RegisterRows(handle);
                  Register register = rows.register(date, newest);
                  return new Kept(
                      register.revision() == 0 ? Register.empty() : register, rows.span(date));
                });
    keep(read);
    return read.register();
  }

  private synchronized void keep(Kept read) {
    List<Kept> next = new ArrayList<>(List.of(read));
    kept.stream()
        .filter(each -> each.register().revision() == read.register().revision())
        .filter(each -> !each.span().equals(read.span()))
        .limit(KEPT - 1L)
        .forEach(next::add);
    kept = List.copyOf(next);
  }

  /** Whether there is, was or will be a region with this code. */
  public boolean hadRegion(String code) {
    return database
        .readOnly()
        .withHandle(handle -> !SpanTable.REGIONS.spans(handle, List.of(code)).isEmpty());
  }

  /** What a school's entry said, says and will say, the oldest first; empty for an unknown one. */
  public List<Dated<School>> schoolHistory(String code) {
    return history(SpanTable.SCHOOLS, code, School.class);
  }

  /** The same of a region. */
  public List<Dated<Region>> regionHistory(String code) {
    return history(SpanTable.REGIONS, code, Region.class);
  }

  private <T> List<Dated<T>> history(SpanTable table, String code, Class<T> type) {
    return database
        .readOnly()
        .withHandle(
            handle -> {
              handle.registerRowMapper(ConstructorMapper.factory(type));
              return table.history(handle, List.of(code), type);
            });
  }

  /** What {@link #snapshot()} found last, without asking the database. */
  public Register known() {
    return newest;
  }

  /** What a school has today; empty lists for a school that is unknown or has nothing. */
  public Inventory inventory(String school) {
    return inventory(school, today());
  }

  /** What a school had on a date. */
  public Inventory inventory(String school, LocalDate date) {
    Inventory found = inventories(List.of(school), date).get(school);
    return found == null ? Inventory.empty(school) : found;
  }

  /**
   * What many schools have today, in one consistent state.
   *
   * @return an entry for each of {@code schools}, in their order
   */
  public Map<String, Inventory> inventories(Collection<String> schools) {
    return inventories(schools, today());
  }

  /** What many schools had on a date. */
  public Map<String, Inventory> inventories(Collection<String> schools, LocalDate date) {
    return database
        .readOnly()
        .inTransaction(handle -> new RegisterRows(handle).inventories(schools, date));
  }

  /** Changes the register as of today, and records that are quite new as of ever. */
  public <T> T change(Function<RegisterChange, T> work) {
    return change(null, work);
  }

  /**
   * Changes the register in one transaction, which raises the revision if anything changed. If
   * {@code work} throws, nothing has changed.
   *
   * @param effective the first day of what changes, in the past or in the future; null: today, and
   *     records that are quite new have been so ever since
   * @throws RegisterConflictException if something would lie in a region that is not there
   */
  public <T> T change(@Nullable LocalDate effective, Function<RegisterChange, T> work) {
    return run(effective, work, false);
  }

  /** Does {@code work} as {@link #change(Function)} would, and takes it all back. */
  public <T> T rehearse(Function<RegisterChange, T> work) {
    return rehearse(null, work);
  }

  /** Does {@code work} as {@link #change(LocalDate, Function)} would, and takes it all back. */
  public <T> T rehearse(@Nullable LocalDate effective, Function<RegisterChange, T> work) {
    return run(effective, work, true);
  }

  private <T> T run(
      @Nullable LocalDate effective, Function<RegisterChange, T> work, boolean rehearsal) {
    Effective since =
        effective == null ? new Effective(today(), false) : new Effective(effective, true);
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              RegisterChange change = new RegisterChange(handle, since);
              T result = work.apply(change);
              change.finish();
              if (rehearsal) {
                handle.rollback();
              }
              return result;
            });
  }
}
