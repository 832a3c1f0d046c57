package org.rollcall.collector.accounts;

import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.audit.Actor;
import org.rollcall.collector.audit.AuditLog;

/**
 * Which account belongs to whom a provider knows. An administrator says so; none is made by itself.
 * Any thread.
 */
public final class Identities {
  private final Jdbi jdbi;
  private final Accounts accounts;
  private final AuditLog audit;

  public Identities(Jdbi jdbi, Clock clock, Accounts accounts) {
    this.jdbi = jdbi;
    this.accounts = accounts;
    this.audit = new AuditLog(jdbi, clock);
  }

  /**
   * Binds an account to an identity, or to none. Sessions that began by another one end.
   *
   * @return what is wrong, in which case nothing changed; null if it was done
   */
  public @Nullable AccountFault bind(Actor by, String account, @Nullable Identity identity) {
    String key = Accounts.key(account);
    return jdbi.inTransaction(
        handle -> {
          if (Accounts.find(handle, key).isEmpty()) {
            return AccountFault.NO_SUCH_ACCOUNT;
          }
          if (identity != null && isTaken(handle, key, identity)) {
            return AccountFault.IDENTITY_TAKEN;
          }
          handle.execute("DELETE FROM account_identity WHERE account = ?", key);
          if (identity != null) {
            insert(handle, key, identity);
          }
          audit.record(
              handle,
              by,
              identity == null ? "account.unbind" : "account.bind",
              key,
              identity == null ? Map.of() : detail(identity));
          return null;
        });
  }

  static Map<String, Object> detail(Identity identity) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("issuer", identity.issuer());
    detail.put(identity.claim(), identity.value());
    return detail;
  }

  /** Whether another account than this has the identity. */
  static boolean isTaken(Handle handle, String account, Identity identity) {
    return owner(handle, identity).filter(owner -> !owner.equals(account)).isPresent();
  }

  static void insert(Handle handle, String account, Identity identity) {
    handle.execute(
        "INSERT INTO account_identity (account, issuer, claim, value) VALUES (?, ?, ?, ?)",
        account,
        identity.issuer(),
        identity.claim(),
        identity.value());
  }

  private static Optional<String> owner(Handle handle, Identity identity) {
    return handle
        .createQuery(
            "SELECT account FROM account_identity WHERE issuer = ? AND claim = ? AND value = ?")
        .bind(0, identity.issuer())
        .bind(1, identity.claim())
        .bind(2, identity.value())
        .mapTo(String.class)
        .findOne();
  }

  /**
   * Lets somebody in whom the provider vouches for.
   *
   * @param source the address it comes from
   * @return empty if no account, or none that is let in, is bound to the identity
   */
  public Optional<Login.Granted> signIn(Identity identity, String source) {
    Optional<Login.Granted> granted = current(identity);
    Map<String, Object> detail = new LinkedHashMap<>(Map.of("by", "oidc"));
    detail.putAll(detail(identity));
    if (granted.isPresent()) {
      String name = granted.get().name();
      audit.record(new Actor(name, source), "login", name, detail);
    } else {
      refused(identity.value(), "no-account", detail, source);
    }
    return granted;
  }

  /**
   * Writes down that somebody came back from the provider and was not let in.
   *
   * @param why a stable reason code
   */
  public void refused(String subject, String why, Map<String, ?> detail, String source) {
    Map<String, Object> told = new LinkedHashMap<>(detail);
    told.put("by", "oidc");
    told.put("why", why);
    audit.record(new Actor("", source), "login.refused", subject, told);
  }

  /** The account that this identity opens now; empty when none does. */
  public Optional<Login.Granted> current(Identity identity) {
    return jdbi.withHandle(handle -> owner(handle, identity))
        .flatMap(accounts::current)
        .map(account -> account.by(identity));
  }

  /** The names by which one provider's claim knows the accounts, by account. */
  public Map<String, String> list(String issuer, String claim) {
    Map<String, String> names = new HashMap<>();
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT account, value FROM account_identity WHERE issuer = ? AND claim = ?")
                .bind(0, issuer)
                .bind(1, claim)
                .map(
                    row ->
                        Map.entry(
                            row.getColumn("account", String.class),
                            row.getColumn("value", String.class)))
                .forEach(entry -> names.put(entry.getKey(), entry.getValue())));
    return names;
  }
}
