package org.rollcall.collector.accounts;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.audit.Actor;
import org.rollcall.collector.audit.AuditLog;

/**
 * The accounts in the database. Names are compared without regard to case. Roles and scopes are
 * read at each call, so a change or a disabled account counts at once. Every change and every login
 * stands in the audit log. Any thread.
 */
public final class Accounts {
  static final int MIN_PASSWORD = 8;
  private static final int MAX_PASSWORD = 128;
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._@-]{1,63}");
  private static final String COLUMNS =
      "name, role, region, school, password, enabled, must_change, created_at";

  private static final Map<String, String> BY_PASSWORD = Map.of("by", "password");

  private final Jdbi jdbi;
  private final Clock clock;
  private final SecureRandom random;
  private final LoginThrottle throttle;
  private final AuditLog audit;

  /** Compared with when there is no such account, so that the answer takes as long. */
  private final String nobodysHash;

  /** A row of the table; the role and scope are checked when it becomes a viewer. */
  public record Row(
      String name,
      Role role,
      @Nullable String region,
      @Nullable String school,
      String password,
      boolean enabled,
      boolean mustChange,
      long createdAt) {
    Account account() {
      return new Account(
          name,
          new Viewer(role, region, school),
          enabled,
          mustChange,
          Instant.ofEpochMilli(createdAt));
    }
  }

  public Accounts(Jdbi jdbi, Clock clock, SecureRandom random) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.random = random;
    this.throttle = new LoginThrottle(clock);
    this.audit = new AuditLog(jdbi, clock);
    this.nobodysHash = PasswordHash.of("nobody", random);
  }

  /**
   * Makes an account.
   *
   * @return what is wrong with it, in which case nothing was made; null if it was made
   */
  public @Nullable AccountFault add(Actor by, NewAccount account) {
    return add(by, account, false);
  }

  /**
   * Makes the first account there is, an administrator.
   *
   * @return as {@link #add}; {@link AccountFault#NOT_THE_FIRST} when there is an account already
   */
  public @Nullable AccountFault addFirst(Actor by, String name, String password) {
    return add(by, new NewAccount(name, password, Role.ADMINISTRATOR, null, null), true);
  }

  private @Nullable AccountFault add(Actor by, NewAccount account, boolean first) {
    String key = key(account.name());
    if (!NAME.matcher(key).matches()) {
      return AccountFault.BAD_NAME;
    }
    String password = account.password();
    if (password == null ? account.identity() == null : isWeak(key, password)) {
      return AccountFault.WEAK_PASSWORD;
    }
    if (!fits(account.role(), account.region(), account.school())) {
      return AccountFault.WRONG_SCOPE;
    }
    String hash = PasswordHash.of(password == null ? unguessable() : password, random);
    return jdbi.inTransaction(
        handle -> {
          if (first && !isEmpty(handle)) {
            return AccountFault.NOT_THE_FIRST;
          }
          AccountFault fault = insert(handle, key, hash, account);
          if (fault == null) {
            audit.record(handle, by, "account.add", key, detail(account));
          }
          return fault;
        });
  }

  private static Map<String, Object> detail(NewAccount account) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("role", account.role());
    if (account.region() != null) {
      detail.put("region", account.region());
    }
    if (account.school() != null) {
      detail.put("school", account.school());
    }
    if (account.identity() != null) {
      detail.putAll(Identities.detail(account.identity()));
    }
    return detail;
  }

  private String unguessable() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** Whether there is no account yet. */
  public boolean isEmpty() {
    return jdbi.withHandle(Accounts::isEmpty);
  }

  private static boolean isEmpty(Handle handle) {
    return handle.createQuery("SELECT count(*) FROM account").mapTo(Integer.class).one() == 0;
  }

  private @Nullable AccountFault insert(
      Handle handle, String name, String hash, NewAccount account) {
    if (find(handle, name).isPresent()) {
      return AccountFault.NAME_TAKEN;
    }
    String region = account.region();
    if (region != null && isMissing(handle, "SELECT count(*) FROM region WHERE code = ?", region)) {
      return AccountFault.UNKNOWN_REGION;
    }
    String school = account.school();
    if (school != null && isMissing(handle, "SELECT count(*) FROM school WHERE code = ?", school)) {
      return AccountFault.UNKNOWN_SCHOOL;
    }
    Identity identity = account.identity();
    if (identity != null && Identities.isTaken(handle, name, identity)) {
      return AccountFault.IDENTITY_TAKEN;
    }
    handle
        .createUpdate(
            "INSERT INTO account ("
                + COLUMNS
                + ") VALUES (:name, :role, :region, :school, :password, 1, :mustChange, :at)")
        .bind("name", name)
        .bind("role", account.role())
        .bind("region", region)
        .bind("school", school)
        .bind("password", hash)
        .bind("mustChange", account.mustChange() ? 1 : 0)
        .bind("at", clock.millis())
        .execute();
    if (identity != null) {
      Identities.insert(handle, name, identity);
    }
    return null;
  }

  /**
   * Gives an account another password.
   *
   * @param mustChange whether its owner must choose yet another one, because somebody else chose it
   */
  public @Nullable AccountFault setPassword(
      Actor by, String name, String password, boolean mustChange) {
    String key = key(name);
    if (isWeak(key, password)) {
      return AccountFault.WEAK_PASSWORD;
    }
    String hash = PasswordHash.of(password, random);
    return update(
        by,
        "account.password",
        key,
        Map.of("mustChange", mustChange),
        "UPDATE account SET password = ?, must_change = ? WHERE name = ?",
        hash,
        mustChange ? 1 : 0,
        key);
  }

  /**
   * Its owner chooses another password.
   *
   * @return what is wrong with the new one; {@link AccountFault#WRONG_PASSWORD} if the old one is
   */
  public @Nullable AccountFault changePassword(
      Actor by, String name, String oldPassword, String newPassword) {
    if (!(verify(name, oldPassword, by.source()) instanceof Login.Granted)) {
      return AccountFault.WRONG_PASSWORD;
    }
    return oldPassword.equals(newPassword)
        ? AccountFault.SAME_PASSWORD
        : setPassword(by, name, newPassword, false);
  }

  /** Lets an account in, or no longer. */
  public @Nullable AccountFault setEnabled(Actor by, String name, boolean enabled) {
    String key = key(name);
    return update(
        by,
        enabled ? "account.enable" : "account.disable",
        key,
        Map.of(),
        "UPDATE account SET enabled = ? WHERE name = ?",
        enabled ? 1 : 0,
        key);
  }

  private @Nullable AccountFault update(
      Actor by,
      String action,
      String name,
      Map<String, ?> detail,
      String sql,
      Object... arguments) {
    return jdbi.inTransaction(
        handle -> {
          if (handle.execute(sql, arguments) == 0) {
            return AccountFault.NO_SUCH_ACCOUNT;
          }
          audit.record(handle, by, action, name, detail);
          return null;
        });
  }

  /**
   * Checks a name and a password. Takes as long for an unknown name as for a wrong password.
   *
   * @param source the address the attempt comes from
   */
  public Login verify(String name, String password, String source) {
    String key = key(name);
    if (key.length() > MAX_PASSWORD || password.length() > MAX_PASSWORD) {
      return new Login.Refused();
    }
    Duration wait = throttle.attempt(key, source);
    if (!wait.isZero()) {
      return new Login.Throttled(wait); // not written down: a flood of them would be
    }
    Optional<Row> found = jdbi.withHandle(handle -> find(handle, key));
    boolean matches = PasswordHash.matches(password, found.map(Row::password).orElse(nobodysHash));
    if (!matches || found.isEmpty() || !found.get().enabled()) {
      audit.record(new Actor("", source), "login.refused", key, BY_PASSWORD);
      return new Login.Refused();
    }
    throttle.succeeded(key, source);
    audit.record(new Actor(key, source), "login", key, BY_PASSWORD);
    return granted(found.get());
  }

  private static Login.Granted granted(Row row) {
    // The salt differs with every password, and tells nothing of it.
    String stamp = PasswordHash.salt(row.password());
    return new Login.Granted(row.name(), row.account().viewer(), row.mustChange(), stamp, null);
  }

  /** The account as it is now; empty if it is gone or disabled. For a running session. */
  public Optional<Login.Granted> current(String name) {
    return jdbi.withHandle(handle -> find(handle, key(name)))
        .filter(Row::enabled)
        .map(Accounts::granted);
  }

  /** The account of this name, whether it may sign in or not. */
  public Optional<Account> find(String name) {
    return jdbi.withHandle(handle -> find(handle, key(name))).map(Row::account);
  }

  /** All accounts by name. */
  public List<Account> list() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT " + COLUMNS + " FROM account ORDER BY name")
                .map(ConstructorMapper.of(Row.class))
                .map(Row::account)
                .list());
  }

  static Optional<Row> find(Handle handle, String name) {
    return handle
        .createQuery("SELECT " + COLUMNS + " FROM account WHERE name = ?")
        .bind(0, name)
        .map(ConstructorMapper.of(Row.class))
        .findOne();
  }

  private static boolean isMissing(Handle handle, String count, String code) {
    return handle.createQuery(count).bind(0, code).mapTo(Integer.class).one() == 0;
  }

  private static boolean isWeak(String key, String password) {
    return password.length() < MIN_PASSWORD
        || password.length() > MAX_PASSWORD
        || password.toLowerCase(Locale.ROOT).contains(key)
        || password.chars().distinct().count() < 4;
  }

  /** The public view is opened in the settings and has no account. */
  private static boolean fits(Role role, @Nullable String region, @Nullable String school) {
    return switch (role) {
      case ADMINISTRATOR -> region == null && school == null;
      case BUREAU, TECHNICIAN -> region != null && school == null;
      case SCHOOL -> region == null && school != null;
      case PUBLIC -> false;
    };
  }

  static String key(String name) {
    return java.text.Normalizer.normalize(name.strip(), java.text.Normalizer.Form.NFKC)
        .toLowerCase(Locale.ROOT);
  }
}
