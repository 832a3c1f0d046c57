package org.rollcall.collector.accounts;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The accounts in the database. Names are compared without regard to case. Roles and scopes are
 * read at each call, so a change or a disabled account counts at once.
 */
public final class Accounts {
  static final int MIN_PASSWORD = 8;
  private static final int MAX_PASSWORD = 128;
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._@-]{1,63}");
  private static final Logger LOG = LoggerFactory.getLogger(Accounts.class);

  private final Jdbi jdbi;
  private final Clock clock;
  private final SecureRandom random;
  private final LoginThrottle throttle;

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
      long createdAt) {
    Account account() {
      return new Account(
          name, new Viewer(role, region, school), enabled, Instant.ofEpochMilli(createdAt));
    }
  }

  public Accounts(Jdbi jdbi, Clock clock, SecureRandom random) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.random = random;
    this.throttle = new LoginThrottle(clock);
    this.nobodysHash = PasswordHash.of("nobody", random);
  }

  /**
   * Makes an account.
   *
   * @param region for a bureau or a technician, else null
   * @param school for a school, else null
   * @return what is wrong with it, in which case nothing was made; null if it was made
   */
  public @Nullable AccountFault add(
      String name, String password, Role role, @Nullable String region, @Nullable String school) {
    String key = key(name);
    if (!NAME.matcher(key).matches()) {
      return AccountFault.BAD_NAME;
    }
    if (isWeak(key, password)) {
      return AccountFault.WEAK_PASSWORD;
    }
    if (!fits(role, region, school)) {
      return AccountFault.WRONG_SCOPE;
    }
    String hash = PasswordHash.of(password, random);
    AccountFault fault =
        jdbi.inTransaction(handle -> insert(handle, key, hash, role, region, school));
    if (fault == null) {
      LOG.atInfo().addKeyValue("account", key).addKeyValue("role", role).log("Account added");
    }
    return fault;
  }

  private @Nullable AccountFault insert(
      Handle handle,
      String name,
      String hash,
      Role role,
      @Nullable String region,
      @Nullable String school) {
    if (find(handle, name).isPresent()) {
      return AccountFault.NAME_TAKEN;
    }
    if (region != null && isMissing(handle, "SELECT count(*) FROM region WHERE code = ?", region)) {
      return AccountFault.UNKNOWN_REGION;
    }
    if (school != null && isMissing(handle, "SELECT count(*) FROM school WHERE code = ?", school)) {
      return AccountFault.UNKNOWN_SCHOOL;
    }
    handle
        .createUpdate(
            "INSERT INTO account (name, role, region, school, password, enabled, created_at)"
                + " VALUES (:name, :role, :region, :school, :password, 1, :createdAt)")
        .bind("name", name)
        .bind("role", role)
        .bind("region", region)
        .bind("school", school)
        .bind("password", hash)
        .bind("createdAt", clock.millis())
        .execute();
    return null;
  }

  /** Gives an account another password. */
  public @Nullable AccountFault setPassword(String name, String password) {
    String key = key(name);
    if (isWeak(key, password)) {
      return AccountFault.WEAK_PASSWORD;
    }
    String hash = PasswordHash.of(password, random);
    return update("UPDATE account SET password = ? WHERE name = ?", hash, key);
  }

  /** Lets an account in, or no longer. */
  public @Nullable AccountFault setEnabled(String name, boolean enabled) {
    return update("UPDATE account SET enabled = ? WHERE name = ?", enabled ? 1 : 0, key(name));
  }

  private @Nullable AccountFault update(String sql, Object... arguments) {
    int rows = jdbi.withHandle(handle -> handle.execute(sql, arguments));
    return rows == 0 ? AccountFault.NO_SUCH_ACCOUNT : null;
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
      return new Login.Throttled(wait);
    }
    Optional<Row> found = jdbi.withHandle(handle -> find(handle, key));
    boolean matches = PasswordHash.matches(password, found.map(Row::password).orElse(nobodysHash));
    if (!matches || found.isEmpty() || !found.get().enabled()) {
      LOG.atInfo().addKeyValue("source", source).log("Login refused");
      return new Login.Refused();
    }
    throttle.succeeded(key, source);
    return new Login.Granted(key, found.get().account().viewer());
  }

  /** What this account may see now; empty if it is gone or disabled. For a running session. */
  public Optional<Viewer> viewer(String name) {
    return jdbi.withHandle(handle -> find(handle, key(name)))
        .filter(Row::enabled)
        .map(row -> row.account().viewer());
  }

  /** All accounts by name. */
  public List<Account> list() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT name, role, region, school, password, enabled, created_at"
                        + " FROM account ORDER BY name")
                .map(ConstructorMapper.of(Row.class))
                .map(Row::account)
                .list());
  }

  private static Optional<Row> find(Handle handle, String name) {
    return handle
        .createQuery(
            "SELECT name, role, region, school, password, enabled, created_at"
                + " FROM account WHERE name = ?")
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

  private static String key(String name) {
    return java.text.Normalizer.normalize(name.strip(), java.text.Normalizer.Form.NFKC)
        .toLowerCase(Locale.ROOT);
  }
}
