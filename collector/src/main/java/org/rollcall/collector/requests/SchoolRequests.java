package org.rollcall.collector.requests;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.audit.Actor;
import org.rollcall.collector.audit.AuditLog;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.requests.SchoolRequest.Judged;
import org.rollcall.collector.requests.SchoolRequest.Kind;
import org.rollcall.collector.requests.SchoolRequest.State;
import org.rollcall.collector.requests.SchoolRequest.Step;

/**
 * What schools ask, in the register. Every change writes the audit log in its own transaction. Any
 * thread; every call blocks on the database.
 */
public final class SchoolRequests {
  /** Objections of one school that may wait at once. Project default. */
  static final int MOST_WAITING = 20;

  /** One page of the open ones is enough for a school's own page. */
  private static final int OBJECTIONS = 200;

  private static final String WAITING = "('OPEN', 'UNDER_REVIEW')";

  /** The regions in scope as the register has them today; nothing when no region is named. */
  private static final String PART =
      """
      WITH RECURSIVE part(code) AS (
        SELECT code FROM region
        WHERE code = :region AND valid_from <= :today AND :today < valid_to
        UNION
        SELECT r.code FROM region r JOIN part p ON r.parent = p.code
        WHERE r.valid_from <= :today AND :today < r.valid_to)
      """;

  private static final String IN_SCOPE =
      """
       FROM school_request q WHERE EXISTS (
        SELECT 1 FROM school s WHERE s.code = q.school
          AND s.valid_from <= :today AND :today < s.valid_to
          AND (:region = '' OR s.region IN (SELECT code FROM part))
          AND (:school = '' OR s.code = :school OR s.campus_of = :school))
      """;

  private static final String FILTERED =
      " AND (:of = '' OR q.school = :of) AND (:kind = '' OR q.kind = :kind)"
          + " AND (:standing = '' OR (q.state IN "
          + WAITING
          + ") = (:standing = 'WAITING'))";

  private static final String COLUMNS =
      "q.*, (SELECT count(*) FROM school_request_file f WHERE f.request = q.id) AS files";

  private final Database database;
  private final AuditLog audit;
  private final Clock clock;

  /**
   * @param clock tells when something was asked, and by which day's register
   */
  public SchoolRequests(Database database, AuditLog audit, Clock clock) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
  }

  /** Waiting for an answer, or at an end. */
  public enum Standing {
    WAITING,
    ENDED
  }

  /**
   * What to list.
   *
   * @param school only of this one; null for all in scope
   * @param kind null for both
   * @param standing null for both
   */
  public record Filter(@Nullable String school, @Nullable Kind kind, @Nullable Standing standing) {
    /** Everything in scope. */
    public static final Filter ALL = new Filter(null, null, null);
  }

  /**
   * One page.
   *
   * @param total how many there are on all pages
   */
  public record Page(long total, List<SchoolRequest> requests) {
    public Page {
      requests = List.copyOf(requests);
    }
  }

  /** How many in scope wait for an answer, of each kind. */
  public record Waiting(int rechecks, int objections) {}

  /** What came of asking: the request, or why not. */
  public sealed interface Asked {
    /** It is kept. */
    record Kept(long id) implements Asked {}

    /** It is not. */
    record Refused(RequestFault fault) implements Asked {}
  }

  /**
   * A page, what waits longest first; what has ended after that, the newest first.
   *
   * @param offset how many to pass over, 0 or more
   * @param limit how many at most, 1 or more
   */
  public Page list(RequestScope scope, Filter filter, long offset, int limit) {
    return database
        .readOnly()
        .inTransaction(
            handle ->
                new Page(
                    scoped(handle, scope, "SELECT count(*)" + IN_SCOPE + FILTERED)
                        .bindMap(names(filter))
                        .mapTo(Long.class)
                        .one(),
                    scoped(
                            handle,
                            scope,
                            "SELECT "
                                + COLUMNS
                                + IN_SCOPE
                                + FILTERED
                                + " ORDER BY CASE WHEN q.state IN "
                                + WAITING
                                + " THEN 0 ELSE 1 END,"
                                + " CASE WHEN q.state IN "
                                + WAITING
                                + " THEN q.id ELSE -q.id END LIMIT :limit OFFSET :offset")
                        .bindMap(names(filter))
                        .bind("limit", limit)
                        .bind("offset", offset)
                        .map(RequestRows::request)
                        .list()));
  }

  private static Map<String, String> names(Filter filter) {
    Kind kind = filter.kind();
    Standing standing = filter.standing();
    String school = filter.school();
    return Map.of(
        "of", school == null ? "" : school,
        "kind", kind == null ? "" : kind.name(),
        "standing", standing == null ? "" : standing.name());
  }

  private Query scoped(Handle handle, RequestScope scope, String sql) {
    return handle
        .createQuery(PART + sql)
        .bind("region", scope.region())
        .bind("school", scope.school())
        .bind("today", LocalDate.ofInstant(clock.instant(), Registry.ZONE).toString());
  }

  /** How many wait. */
  public Waiting waiting(RequestScope scope) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    database
        .readOnly()
        .useHandle(
            handle ->
                scoped(
                        handle,
                        scope,
                        "SELECT q.kind AS kind, count(*) AS n"
                            + IN_SCOPE
                            + " AND q.state IN "
                            + WAITING
                            + " GROUP BY q.kind")
                    .map(
                        row ->
                            Map.entry(
                                row.getColumn("kind", String.class),
                                row.getColumn("n", Integer.class)))
                    .forEach(entry -> counts.put(entry.getKey(), entry.getValue())));
    return new Waiting(
        counts.getOrDefault(Kind.RECHECK.name(), 0), counts.getOrDefault(Kind.OBJECTION.name(), 0));
  }

  /** The request with this id; empty if there is none or it is out of scope. */
  public Optional<SchoolRequest> find(RequestScope scope, long id) {
    return database
        .readOnly()
        .withHandle(
            handle ->
                scoped(handle, scope, "SELECT " + COLUMNS + IN_SCOPE + " AND q.id = :id")
                    .bind("id", id)
                    .map(RequestRows::request)
                    .findOne());
  }

  /** What became of a request, the first step first. */
  public List<Step> steps(long id) {
    return database
        .readOnly()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT state, account, at_millis, text FROM school_request_step"
                            + " WHERE request = :id ORDER BY id")
                    .bind("id", id)
                    .map(RequestRows::step)
                    .list());
  }

  /** What lies beside a request, the first first. */
  public List<Attachment> files(long id) {
    return database.readOnly().withHandle(handle -> RequestFiles.list(handle, id));
  }

  /** The content of a file; empty if the request has no such file. */
  public Optional<byte[]> content(long request, long file) {
    return database.readOnly().inTransaction(handle -> RequestFiles.content(handle, request, file));
  }

  /**
   * The objections to a school's verdicts by a profile that stood on a day: those that wait, and
   * those upheld against the verdict of that very day; the newest of each rule.
   */
  public Map<String, SchoolRequest> objections(String school, String profile, LocalDate day) {
    Map<String, SchoolRequest> found = new LinkedHashMap<>();
    database
        .readOnly()
        .useHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT q.*, 0 AS files FROM school_request q WHERE q.school = :school"
                            + " AND q.profile = :profile AND q.kind = 'OBJECTION'"
                            + " AND ((q.state IN "
                            + WAITING
                            + " AND q.date <= :day) OR (q.state = 'UPHELD' AND q.date = :day))"
                            + " ORDER BY q.id DESC LIMIT "
                            + OBJECTIONS)
                    .bind("school", school)
                    .bind("profile", profile)
                    .bind("day", day.toString())
                    .map(RequestRows::request)
                    .forEach(request -> found.putIfAbsent(request.judged().rule(), request)));
    return found;
  }

  /** A school asks. */
  public Asked ask(Actor by, Kind kind, String school, Judged judged, String text) {
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              RequestFault fault = refusal(handle, kind, school, judged);
              if (fault != null) {
                return new Asked.Refused(fault);
              }
              long id = RequestRows.insert(handle, kind, school, judged, text, by, clock.millis());
              step(handle, id, State.OPEN, by, "");
              Map<String, Object> detail = new LinkedHashMap<>();
              detail.put("request", id);
              detail.put("kind", kind.name());
              detail.put("profile", judged.profile());
              detail.put("rule", judged.rule());
              detail.put("date", judged.date().toString());
              audit.record(handle, by, "request.ask", school, detail);
              return new Asked.Kept(id);
            });
  }

  private static @Nullable RequestFault refusal(
      Handle handle, Kind kind, String school, Judged judged) {
    List<String> conditions = new ArrayList<>(List.of("school = :school", "kind = :kind"));
    conditions.add("state IN " + WAITING);
    if (kind == Kind.RECHECK) {
      conditions.add("profile = :profile AND rule = :rule");
    }
    Query query =
        handle
            .createQuery(
                "SELECT count(*) FROM school_request WHERE " + String.join(" AND ", conditions))
            .bind("school", school)
            .bind("kind", kind.name());
    if (kind == Kind.RECHECK) {
      query.bind("profile", judged.profile()).bind("rule", judged.rule());
    }
    int waiting = query.mapTo(Integer.class).one();
    if (kind == Kind.RECHECK) {
      return waiting > 0 ? RequestFault.RECHECK_OPEN : null;
    }
    return waiting >= MOST_WAITING ? RequestFault.TOO_MANY_WAITING : null;
  }

  /**
   * Somebody takes a request a step further.
   *
   * @param text what was found, or the reason; may be empty where none is needed
   * @return why not; null when it is done
   */
  public @Nullable RequestFault move(Actor by, SchoolRequest request, State to, String text) {
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              State now = stateOf(handle, request.id());
              if (!to.follows(request.kind(), now)) {
                return RequestFault.NO_SUCH_STEP;
              }
              handle.execute(
                  "UPDATE school_request SET state = ?, changed_millis = ? WHERE id = ?",
                  to.name(),
                  clock.millis(),
                  request.id());
              step(handle, request.id(), to, by, text);
              Map<String, Object> detail = new LinkedHashMap<>();
              detail.put("request", request.id());
              detail.put("from", now.name());
              detail.put("to", to.name());
              String action = to == State.WITHDRAWN ? "request.withdraw" : "request.answer";
              audit.record(handle, by, action, request.school(), detail);
              return null;
            });
  }

  private static State stateOf(Handle handle, long id) {
    return State.valueOf(
        handle
            .createQuery("SELECT state FROM school_request WHERE id = :id")
            .bind("id", id)
            .mapTo(String.class)
            .one());
  }

  private void step(Handle handle, long id, State state, Actor by, String text) {
    handle.execute(
        "INSERT INTO school_request_step (request, state, account, at_millis, text)"
            + " VALUES (?, ?, ?, ?, ?)",
        id,
        state.name(),
        by.account(),
        clock.millis(),
        text);
  }

  /**
   * Puts a piece of evidence beside an objection.
   *
   * @param name as its owner calls it; only its last part is kept
   * @return why not; null when it is kept
   */
  public @Nullable RequestFault attach(
      Actor by, SchoolRequest request, String name, byte[] content) {
    if (content.length == 0 || content.length > Attachment.MOST_BYTES) {
      return RequestFault.TOO_LARGE;
    }
    Attachment.Type type = Attachment.Type.of(content);
    if (type == null) {
      return RequestFault.WRONG_TYPE;
    }
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              boolean open = stateOf(handle, request.id()).isWaiting();
              if (!open || request.kind() != Kind.OBJECTION) {
                return RequestFault.NO_FILES_HERE;
              }
              Attachment file = RequestFiles.named(name, type, content, by, clock.instant());
              RequestFault fault = RequestFiles.put(handle, request, file, content);
              if (fault == null) {
                audit.record(
                    handle,
                    by,
                    "request.attach",
                    request.school(),
                    Map.of(
                        "request", request.id(),
                        "name", file.name(),
                        "bytes", content.length,
                        "sha256", file.sha256()));
              }
              return fault;
            });
  }
}
