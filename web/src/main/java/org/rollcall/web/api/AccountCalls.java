package org.rollcall.web.api;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.Collector;
import org.rollcall.collector.accounts.Account;
import org.rollcall.collector.accounts.AccountFault;
import org.rollcall.collector.accounts.Accounts;
import org.rollcall.collector.accounts.ApiToken;
import org.rollcall.collector.accounts.ApiTokens;
import org.rollcall.collector.accounts.Identities;
import org.rollcall.collector.accounts.Identity;
import org.rollcall.collector.accounts.NewAccount;
import org.rollcall.collector.accounts.Role;
import org.rollcall.web.oidc.OidcSettings;

/** Accounts, for administrators alone, and everybody's own API tokens. */
final class AccountCalls {
  private static final int MOST_LETTERS = 128;
  private static final int DAYS = 90;

  private final Accounts accounts;
  private final ApiTokens tokens;
  private final Identities identities;
  private final @Nullable OidcSettings oidc;

  private record Shown(
      String name,
      Role role,
      @Nullable String region,
      @Nullable String school,
      @Nullable String identity,
      boolean enabled,
      boolean mustChange,
      String createdAt) {}

  private record Token(String id, String purpose, String createdAt, String expiresAt) {}

  private record NewToken(String id, String token, String expiresAt) {}

  AccountCalls(Collector collector, @Nullable OidcSettings oidc) {
    this.oidc = oidc;
    this.identities = collector.identities();
    this.accounts = collector.accounts();
    this.tokens = collector.apiTokens();
  }

  static void onlyAdministrator(Request request) {
    if (request.viewer().role() != Role.ADMINISTRATOR) {
      throw ApiProblem.notYourTask();
    }
  }

  /** Throws what the register says against it, in both languages. */
  static void refuse(@Nullable AccountFault fault) {
    if (fault != null) {
      String code = fault.name().toLowerCase(Locale.ROOT).replace('_', '-');
      throw ApiProblem.refused(code, fault.text(Locale.ENGLISH), fault.text(Locale.CHINA));
    }
  }

  /** {@code GET /api/v1/accounts}: a page of them, by name. */
  Object list(Request request) {
    onlyAdministrator(request);
    String asked = request.text("q");
    String part = asked == null ? "" : asked.toLowerCase(Locale.ROOT);
    Map<String, String> names = identities();
    List<Shown> all =
        accounts.list().stream()
            .filter(account -> account.name().contains(part))
            .map(account -> shown(account, names))
            .toList();
    return Listed.of(request, all);
  }

  private Map<String, String> identities() {
    return oidc == null ? Map.of() : identities.list(oidc.issuer(), oidc.claim());
  }

  /** By what name the provider knows the account's owner; null for none. */
  private @Nullable Identity identity(Change change) {
    String value = change.textOrNull("identity", Identity.LONGEST);
    if (value == null) {
      return null;
    }
    if (oidc == null) {
      throw ApiProblem.refused(
          "no-provider",
          "This server knows no sign-in service: set oidc in server.yaml first.",
          "本服务器未配置统一身份认证:请先在 server.yaml 中设置 oidc。");
    }
    return oidc.identity(value);
  }

  private static Shown shown(Account account, Map<String, String> names) {
    return new Shown(
        account.name(),
        account.viewer().role(),
        account.viewer().regionCode(),
        account.viewer().schoolCode(),
        names.get(account.name()),
        account.enabled(),
        account.mustChange(),
        Times.known(account.createdAt()));
  }

  /**
   * {@code POST /api/v1/accounts}: the password is the administrator's choice, so its owner must
   * choose another first. One with an {@code identity} needs none.
   */
  Object add(Change change) {
    onlyAdministrator(change.request());
    String name = change.text("name", MOST_LETTERS);
    Identity identity = identity(change);
    String password =
        identity != null && !change.body().hasNonNull("password")
            ? null
            : change.secret("password");
    refuse(
        accounts.add(
            change.request().actor(),
            new NewAccount(
                name,
                password,
                change.oneOf("role", Role.class),
                change.textOrNull("region", MOST_LETTERS),
                change.textOrNull("school", MOST_LETTERS),
                password != null,
                identity)));
    return one(name);
  }

  /** {@code PATCH /api/v1/accounts/{name}}: enabled or not, another password, identity. */
  Object change(Change change) {
    onlyAdministrator(change.request());
    String name = change.request().path("name");
    Boolean enabled = change.flag("enabled");
    if (Boolean.FALSE.equals(enabled)
        && one(name).equals(one(change.request().actor().account()))) {
      refuse(AccountFault.YOURSELF);
    }
    if (enabled != null) {
      refuse(accounts.setEnabled(change.request().actor(), name, enabled));
    }
    if (change.body().has("password")) {
      String password = change.secret("password");
      refuse(accounts.setPassword(change.request().actor(), name, password, true));
    }
    if (change.body().has("identity")) {
      refuse(identities.bind(change.request().actor(), name, identity(change)));
    }
    return one(name);
  }

  private Shown one(String name) {
    return accounts
        .find(name)
        .map(account -> shown(account, identities()))
        .orElseThrow(() -> ApiProblem.unknown("account", "账号", name));
  }

  /** {@code GET /api/v1/tokens}: the caller's own. */
  Object tokens(Request request) {
    return tokens.list(own(request)).stream().map(AccountCalls::token).toList();
  }

  private static Token token(ApiToken token) {
    return new Token(
        token.id(),
        token.purpose(),
        Times.known(token.createdAt()),
        Times.known(token.expiresAt()));
  }

  /** {@code POST /api/v1/tokens}: the key is in this answer and nowhere else. */
  Object makeToken(Change change) {
    ApiTokens.Made made =
        tokens.make(
            change.request().actor(),
            own(change.request()),
            change.text("purpose", 100),
            Duration.ofDays(change.number("days", 1, (int) ApiTokens.LONGEST.toDays(), DAYS)));
    if (made == null) {
      throw ApiProblem.refused(
          "too-many-tokens",
          "An account has at most " + ApiTokens.MOST + " API tokens: end one first.",
          "每个账号最多 " + ApiTokens.MOST + " 个 API 令牌:请先撤销一个。");
    }
    return new NewToken(made.token().id(), made.secret(), Times.known(made.token().expiresAt()));
  }

  /** {@code DELETE /api/v1/tokens/{id}}. */
  @Nullable Object endToken(Change change) {
    String id = change.request().path("id");
    if (!tokens.end(change.request().actor(), own(change.request()), id)) {
      throw ApiProblem.unknown("token", "令牌", id);
    }
    return null;
  }

  private static String own(Request request) {
    if (request.actor().account().isEmpty()) {
      throw ApiProblem.signInToChange();
    }
    return request.actor().account();
  }
}
