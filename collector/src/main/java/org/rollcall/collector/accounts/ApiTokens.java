package org.rollcall.collector.accounts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.audit.Actor;
import org.rollcall.collector.audit.AuditLog;

/**
 * Keys for programs, {@code rollcall_ID_SECRET}: the secret is 256 random bits, of which the
 * register keeps the SHA-256. Any thread.
 */
public final class ApiTokens {
  /** The longest a token may live; a project default. */
  public static final Duration LONGEST = Duration.ofDays(366);

  /** How many an account may have at once; a project default. */
  public static final int MOST = 20;

  private static final int ID_BYTES = 9;
  private static final int SECRET_BYTES = 32;
  private static final int LONGEST_PURPOSE = 100;
  private static final String COLUMNS = "id, account, purpose, created_millis, expires_millis";
  private static final Pattern FORM =
      Pattern.compile("rollcall_([A-Za-z0-9-]{12})_([A-Za-z0-9_-]{43})");

  private final Jdbi jdbi;
  private final Clock clock;
  private final SecureRandom random;
  private final Accounts accounts;
  private final AuditLog audit;

  /**
   * One that was just made.
   *
   * @param secret the whole key; shown once, and kept nowhere
   */
  public record Made(ApiToken token, String secret) {}

  /**
   * What a wall's key opens.
   *
   * @param account who made it, as it is now
   * @param region whose wall
   */
  public record Wall(Login.Granted account, String region) {}

  /** What is kept of a key. */
  private record Kept(String account, byte[] secret, long expires, @Nullable String wall) {}

  public ApiTokens(Jdbi jdbi, Clock clock, SecureRandom random, Accounts accounts) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.random = random;
    this.accounts = accounts;
    this.audit = new AuditLog(jdbi, clock);
  }

  /**
   * Makes a token for an account that exists.
   *
   * @param purpose 1 to 100 letters
   * @param life up to {@link #LONGEST}
   * @return null if the account has {@link #MOST} already
   * @throws IllegalArgumentException if the purpose or the life is out of range
   */
  public @Nullable Made make(Actor by, String account, String purpose, Duration life) {
    return make(by, account, purpose, life, null);
  }

  /**
   * Makes a key that opens the wall screen of one region and nothing else.
   *
   * @param life up to {@link #LONGEST}
   * @return null if the account has {@link #MOST} keys already
   */
  public @Nullable Made makeForWall(Actor by, String account, String region, Duration life) {
    return make(by, account, "wall " + region, life, region);
  }

  private @Nullable Made make(
      Actor by, String account, String purpose, Duration life, @Nullable String wall) {
    if (purpose.isBlank() || purpose.length() > LONGEST_PURPOSE) {
      throw new IllegalArgumentException("A token's purpose has 1 to 100 letters.");
    }
    if (life.isNegative() || life.isZero() || life.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("A token lives 1 to 366 days.");
    }
    String id = text(ID_BYTES).replace('_', '-');
    String secret = text(SECRET_BYTES);
    Instant now = clock.instant();
    ApiToken token = new ApiToken(id, Accounts.key(account), purpose.strip(), now, now.plus(life));
    boolean made = jdbi.inTransaction(handle -> insert(handle, by, token, secret, wall));
    return made ? new Made(token, "rollcall_" + id + "_" + secret) : null;
  }

  private boolean insert(
      Handle handle, Actor by, ApiToken token, String secret, @Nullable String wall) {
    handle.execute("DELETE FROM api_token WHERE expires_millis <= ?", clock.millis());
    int had =
        handle
            .createQuery("SELECT count(*) FROM api_token WHERE account = ?")
            .bind(0, token.account())
            .mapTo(Integer.class)
            .one();
    if (had >= MOST) {
      return false;
    }
    handle.execute(
        "INSERT INTO api_token (" + COLUMNS + ", secret_sha256, wall) VALUES (?, ?, ?, ?, ?, ?, ?)",
        token.id(),
        token.account(),
        token.purpose(),
        token.createdAt().toEpochMilli(),
        token.expiresAt().toEpochMilli(),
        sha256(secret),
        wall);
    audit.record(
        handle,
        by,
        "token.make",
        token.id(),
        Map.of("account", token.account(), "purpose", token.purpose()));
    return true;
  }

  /** The account whose key this is, as it is now; empty for any that is not good. */
  public Optional<Login.Granted> account(String key) {
    return kept(key)
        .filter(kept -> kept.wall() == null)
        .flatMap(kept -> accounts.current(kept.account()));
  }

  /** What this key of a wall opens; empty for any that is not good, and for keys of programs. */
  public Optional<Wall> wall(String key) {
    return kept(key)
        .flatMap(
            kept -> {
              String region = kept.wall();
              return region == null
                  ? Optional.empty()
                  : accounts.current(kept.account()).map(account -> new Wall(account, region));
            });
  }

  private Optional<Kept> kept(String key) {
    Matcher form = FORM.matcher(key);
    if (!form.matches()) {
      return Optional.empty();
    }
    return jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT account, secret_sha256, expires_millis, wall FROM api_token"
                            + " WHERE id = ?")
                    .bind(0, form.group(1))
                    .map(
                        row ->
                            new Kept(
                                row.getColumn("account", String.class),
                                row.getColumn("secret_sha256", byte[].class),
                                row.getColumn("expires_millis", Long.class),
                                row.getColumn("wall", String.class)))
                    .findOne())
        .filter(kept -> MessageDigest.isEqual(kept.secret(), sha256(form.group(2))))
        .filter(kept -> clock.millis() < kept.expires());
  }

  /** The tokens of an account that are good, oldest first. */
  public List<ApiToken> list(String account) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT "
                        + COLUMNS
                        + " FROM api_token WHERE account = ? AND expires_millis > ?"
                        + " ORDER BY created_millis, id")
                .bind(0, Accounts.key(account))
                .bind(1, clock.millis())
                .map(ApiTokens::token)
                .list());
  }

  private static ApiToken token(RowView row) {
    return new ApiToken(
        row.getColumn("id", String.class),
        row.getColumn("account", String.class),
        row.getColumn("purpose", String.class),
        Instant.ofEpochMilli(row.getColumn("created_millis", Long.class)),
        Instant.ofEpochMilli(row.getColumn("expires_millis", Long.class)));
  }

  /**
   * Ends a token of an account at once.
   *
   * @return whether the account had it
   */
  public boolean end(Actor by, String account, String id) {
    return jdbi.inTransaction(
        handle -> {
          int ended =
              handle.execute(
                  "DELETE FROM api_token WHERE id = ? AND account = ?", id, Accounts.key(account));
          if (ended > 0) {
            audit.record(handle, by, "token.end", id, Map.of("account", account));
          }
          return ended > 0;
        });
  }

  private String text(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] sha256(String secret) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("BUG: every Java has SHA-256", e);
    }
  }
}
