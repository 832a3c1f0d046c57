package org.rollcall.collector.identity;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;
import org.rollcall.protocol.AgentKey;
import org.rollcall.protocol.AgentToken;
import org.rollcall.protocol.AgentTokenCheck;

/**
 * Who may report for which school. The commands and the server use one database at the same time:
 * what a command changes, the server sees at the next login, and a revocation by {@link
 * #revokedSince}.
 */
public final class Agents {
  /** How long an enrolment code is good for unless somebody says otherwise. */
  public static final Duration DEFAULT_VALIDITY = Duration.ofHours(24);

  private static final int SEEN_AT_ONCE = 1_000;

  private final Jdbi jdbi;
  private final Clock clock;
  private final Secrets secrets;

  /** Keys of agents that have logged in; the register bounds how many there are. */
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  /** What agents that logged in since the start say they run; kept with when they were seen. */
  private final Map<String, String> versions = new ConcurrentHashMap<>();

  private record Known(String school, PublicKey key) {}

  private record Code(String school, long expiresMillis, @Nullable String usedBy) {}

  private record Row(
      String school, boolean foreign, ByteBuffer credential, boolean revoked, boolean held) {}

  public Agents(Jdbi jdbi, Clock clock, SecureRandom random) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.secrets = new Secrets(random);
  }

  /** As {@link #issueCodes} for one school; returns the secret. */
  public String issueCode(String school, Duration valid) {
    return issueCodes(List.of(school), valid).values().iterator().next();
  }

  /**
   * Makes one code for each school, good for one agent; all or none.
   *
   * @return secrets by school, in the order given; only their hashes are kept
   * @throws IllegalArgumentException with a sentence if a school is not in the register
   */
  public Map<String, String> issueCodes(Collection<String> schools, Duration valid) {
    if (valid.isNegative() || valid.isZero()) {
      throw new IllegalArgumentException("A code must be valid for some time, not " + valid + ".");
    }
    return jdbi.inTransaction(handle -> issueCodes(handle, schools, valid));
  }

  private Map<String, String> issueCodes(
      Handle handle, Collection<String> schools, Duration valid) {
    Map<String, String> codes = new LinkedHashMap<>();
    schools.forEach(school -> codes.put(school, issueCode(handle, school, valid)));
    return codes;
  }

  /** Makes a code in the caller's transaction; the same faults as {@link #issueCodes}. */
  public String issueCode(Handle handle, String school, Duration valid) {
    requireSchool(handle, school);
    long now = clock.millis();
    String secret = secrets.code();
    handle
        .createUpdate(
            "INSERT INTO enrolment_code (secret_sha256, school, issued_millis,"
                + " expires_millis) VALUES (:secret, :school, :now, :expires)")
        .bind("secret", Secrets.sha256(secret))
        .bind("school", school)
        .bind("now", now)
        .bind("expires", now + valid.toMillis())
        .execute();
    return secret;
  }

  /**
   * Binds the key to the code's school. A code works once; the agent it worked for may redeem it
   * again while it is valid, because the first answer may have been lost on the way.
   *
   * @param publicKey raw Ed25519 key
   * @param proof an {@link AgentToken} signed with the private half
   */
  public Redemption redeem(String secret, byte[] publicKey, String proof) {
    String agent;
    try {
      agent = AgentKey.agentIdOf(publicKey);
      PublicKey key = AgentKey.publicKeyOf(publicKey);
      if (AgentTokenCheck.fault(proof, key, agent, clock.instant()) != null) {
        return Redemption.Refused.BAD_PROOF;
      }
    } catch (IllegalArgumentException e) {
      return Redemption.Refused.BAD_PROOF;
    }
    Redemption result = jdbi.inTransaction(handle -> redeem(handle, secret, agent, publicKey));
    known.remove(agent);
    return result;
  }

  private Redemption redeem(Handle handle, String secret, String agent, byte[] publicKey) {
    byte[] hash = Secrets.sha256(secret);
    Code code =
        handle
            .createQuery(
                "SELECT school, expires_millis, used_by FROM enrolment_code"
                    + " WHERE secret_sha256 = :secret")
            .bind("secret", hash)
            .reduceRows((Code) null, (none, row) -> code(row));
    if (code == null) {
      return Redemption.Refused.UNKNOWN;
    }
    if (code.usedBy() != null && !code.usedBy().equals(agent)) {
      return Redemption.Refused.USED;
    }
    long now = clock.millis();
    if (now >= code.expiresMillis()) {
      return Redemption.Refused.EXPIRED;
    }
    Row known = row(handle, agent);
    if (known != null && known.revoked()) {
      return Redemption.Refused.REVOKED;
    }
    handle
        .createUpdate(
            "UPDATE enrolment_code SET used_by = :agent, used_millis = :now"
                + " WHERE secret_sha256 = :secret AND used_by IS NULL")
        .bind("agent", agent)
        .bind("now", now)
        .bind("secret", hash)
        .execute();
    insert(handle, agent, code.school(), "agent", publicKey);
    return new Redemption.Enrolled(agent, code.school(), schoolName(handle, code.school()));
  }

  /**
   * Makes a login for any MQTT client.
   *
   * @throws IllegalArgumentException with a sentence if the school is not in the register
   */
  public ForeignLogin addForeign(String school) {
    ForeignLogin login = new ForeignLogin(secrets.foreignName(), secrets.password());
    byte[] hash = Secrets.sha256(login.password());
    jdbi.useTransaction(
        handle -> {
          requireSchool(handle, school);
          insert(handle, login.userName(), school, "foreign", hash);
        });
    return login;
  }

  /** Checks a token or a password. A key that was verified once is not read again. */
  public Login authenticate(String user, String password) {
    Known cached = known.get(user);
    if (cached != null) {
      return checkToken(user, password, cached);
    }
    Row row = jdbi.withHandle(handle -> row(handle, user));
    if (row == null) {
      return new Login.Refused("unknown-agent");
    }
    if (row.revoked()) {
      return new Login.Refused("revoked");
    }
    if (row.held()) {
      return new Login.Refused("held");
    }
    if (row.foreign()) {
      boolean right = MessageDigest.isEqual(row.credential().array(), Secrets.sha256(password));
      return right ? new Login.Granted(user, row.school()) : new Login.Refused("wrong-password");
    }
    Known agent = new Known(row.school(), AgentKey.publicKeyOf(row.credential().array()));
    Login login = checkToken(user, password, agent);
    if (login instanceof Login.Granted) {
      known.put(user, agent);
    }
    return login;
  }

  private Login checkToken(String user, String token, Known agent) {
    String fault = AgentTokenCheck.fault(token, agent.key(), user, clock.instant());
    return fault == null ? new Login.Granted(user, agent.school()) : new Login.Refused(fault);
  }

  /** Everybody who may or might report, by school. */
  public List<AgentEntry> list() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT id, school, kind, enrolled_millis, last_seen_millis, revoked_millis,"
                        + " held_millis, held_addresses, version FROM agent ORDER BY school, id")
                .reduceRows(
                    new ArrayList<AgentEntry>(),
                    (entries, row) -> {
                      entries.add(entry(row));
                      return entries;
                    }));
  }

  /** False if there is no such agent, or it was revoked before. */
  public boolean revoke(String agent) {
    int changed =
        jdbi.withHandle(
            handle ->
                handle
                    .createUpdate(
                        "UPDATE agent SET revoked_millis = :now"
                            + " WHERE id = :id AND revoked_millis IS NULL")
                    .bind("now", clock.millis())
                    .bind("id", agent)
                    .execute());
    known.remove(agent);
    return changed > 0;
  }

  /** Who was revoked since then, by this process or another. They cannot log in any more. */
  public List<String> revokedSince(Instant since) {
    List<String> revoked =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery("SELECT id FROM agent WHERE revoked_millis >= :since")
                    .bind("since", since.toEpochMilli())
                    .mapTo(String.class)
                    .list());
    revoked.forEach(known::remove);
    return revoked;
  }

  /**
   * Lets this agent in no more until it is released: its key was seen in two places.
   *
   * @param addresses where, for people
   * @return false if it was held before
   */
  public boolean hold(String agent, String addresses) {
    int changed =
        jdbi.withHandle(
            handle ->
                handle
                    .createUpdate(
                        "UPDATE agent SET held_millis = :now, held_addresses = :addresses"
                            + " WHERE id = :id AND held_millis IS NULL")
                    .bind("now", clock.millis())
                    .bind("addresses", addresses)
                    .bind("id", agent)
                    .execute());
    known.remove(agent);
    return changed > 0;
  }

  /** Lets a held agent in again; false if it was not held. */
  public boolean release(String agent) {
    return jdbi.withHandle(
            handle ->
                handle
                    .createUpdate(
                        "UPDATE agent SET held_millis = NULL, held_addresses = NULL"
                            + " WHERE id = :id AND held_millis IS NOT NULL")
                    .bind("id", agent)
                    .execute())
        > 0;
  }

  /** Who was held since then and is not released. */
  public List<String> heldSince(Instant since) {
    List<String> held =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery("SELECT id FROM agent WHERE held_millis >= :since")
                    .bind("since", since.toEpochMilli())
                    .mapTo(String.class)
                    .list());
    held.forEach(known::remove);
    return held;
  }

  /** When any agent was connected last, by this server's clock; 1970 where none ever was. */
  public Instant lastSeen() {
    return Instant.ofEpochMilli(
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery("SELECT COALESCE(MAX(last_seen_millis), 0) FROM agent")
                    .mapTo(Long.class)
                    .one()));
  }

  /** Notes which version of our program an agent of ours runs; kept with the next {@link #seen}. */
  public void runs(String agent, String version) {
    versions.put(agent, version);
  }

  /** Notes that these are connected now; in short transactions, because others write too. */
  public void seen(Collection<String> agents) {
    long now = clock.millis();
    List<String> ids = List.copyOf(agents);
    for (int from = 0; from < ids.size(); from += SEEN_AT_ONCE) {
      List<String> some = ids.subList(from, Math.min(ids.size(), from + SEEN_AT_ONCE));
      jdbi.useTransaction(
          handle -> {
            PreparedBatch batch =
                handle.prepareBatch(
                    "UPDATE agent SET last_seen_millis = :now,"
                        + " version = COALESCE(:version, version) WHERE id = :id");
            some.forEach(
                agent ->
                    batch
                        .bind("now", now)
                        .bind("version", versions.get(agent))
                        .bind("id", agent)
                        .add());
            batch.execute();
          });
    }
  }

  private void insert(Handle handle, String id, String school, String kind, byte[] credential) {
    handle
        .createUpdate(
            "INSERT INTO agent (id, school, kind, credential, enrolled_millis)"
                + " VALUES (:id, :school, :kind, :credential, :now)"
                + " ON CONFLICT (id) DO UPDATE SET school = excluded.school,"
                + " enrolled_millis = excluded.enrolled_millis")
        .bind("id", id)
        .bind("school", school)
        .bind("kind", kind)
        .bind("credential", credential)
        .bind("now", clock.millis())
        .execute();
  }

  private static @Nullable Row row(Handle handle, String id) {
    return handle
        .createQuery(
            "SELECT school, kind = 'foreign' AS is_foreign, credential,"
                + " revoked_millis IS NOT NULL AS is_revoked,"
                + " held_millis IS NOT NULL AS is_held FROM agent WHERE id = :id")
        .bind("id", id)
        .reduceRows(
            (Row) null,
            (none, row) ->
                new Row(
                    row.getColumn("school", String.class),
                    row.getColumn("is_foreign", Boolean.class),
                    ByteBuffer.wrap(row.getColumn("credential", byte[].class)),
                    row.getColumn("is_revoked", Boolean.class),
                    row.getColumn("is_held", Boolean.class)));
  }

  private static Code code(RowView row) {
    return new Code(
        row.getColumn("school", String.class),
        row.getColumn("expires_millis", Long.class),
        row.getColumn("used_by", String.class));
  }

  private static AgentEntry entry(RowView row) {
    return new AgentEntry(
        row.getColumn("id", String.class),
        row.getColumn("school", String.class),
        row.getColumn("kind", String.class).equals("foreign")
            ? AgentEntry.Kind.FOREIGN
            : AgentEntry.Kind.AGENT,
        Instant.ofEpochMilli(row.getColumn("enrolled_millis", Long.class)),
        instant(row, "last_seen_millis"),
        instant(row, "revoked_millis"),
        instant(row, "held_millis"),
        row.getColumn("held_addresses", String.class),
        row.getColumn("version", String.class));
  }

  private static @Nullable Instant instant(RowView row, String column) {
    Long millis = row.getColumn(column, Long.class);
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }

  private static void requireSchool(Handle handle, String school) {
    boolean there =
        handle
            .createQuery("SELECT 1 FROM school WHERE code = :code LIMIT 1")
            .bind("code", school)
            .mapTo(Integer.class)
            .findOne()
            .isPresent();
    if (!there) {
      throw new IllegalArgumentException(
          "No school in the register has the code " + school + ": import the schools first.");
    }
  }

  private static String schoolName(Handle handle, String school) {
    return handle
        .createQuery("SELECT name FROM school WHERE code = :code ORDER BY valid_from DESC LIMIT 1")
        .bind("code", school)
        .mapTo(String.class)
        .findOne()
        .orElse(school);
  }
}
