package org.rollcall.collector.accounts;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.rollcall.collector.audit.Actor;
import org.rollcall.collector.audit.AuditEntry;
import org.rollcall.collector.audit.AuditLog;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.database.OnBothDatabases;
import org.rollcall.collector.database.RegisterHome;

@OnBothDatabases
class AccountsTest {
  @Parameter RegisterHome home = RegisterHome.SQLITE;

  private static final String PASSWORD = "correct horse 马";

  private static final Actor BY = new Actor("root", "10.0.0.9");

  @TempDir Path folder;
  private final SetClock clock = new SetClock();
  private Database database;
  private Accounts accounts;

  @BeforeEach
  void open() {
    database = home.open(folder);
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "INSERT INTO region (code, name, name_en, level)"
                        + " VALUES ('440307', '龙岗区', '', 'COUNTY')"));
    accounts = new Accounts(database.jdbi(), clock, new SecureRandom());
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void letsInWithNameAndPasswordAndTellsTheScope() {
    assertThat(
            accounts.add(
                BY, new NewAccount("Longgang.Bureau", PASSWORD, Role.BUREAU, "440307", null)))
        .isNull();
    assertThat(accounts.verify(" longgang.bureau ", PASSWORD, "10.0.0.1"))
        .isEqualTo(accounts.current("longgang.bureau").orElseThrow());
    Login.Granted granted = accounts.current("longgang.bureau").orElseThrow();
    assertThat(granted.viewer()).isEqualTo(Viewer.bureau("440307"));
    assertThat(granted.mustChange()).isFalse();
    assertThat(accounts.list())
        .containsExactly(
            new Account("longgang.bureau", Viewer.bureau("440307"), true, false, clock.instant()));
  }

  @Test
  void refusesAWrongPasswordAnUnknownNameAndADisabledAccountAlike() {
    admin();
    assertThat(accounts.verify("admin", PASSWORD + "x", "a")).isEqualTo(new Login.Refused());
    assertThat(accounts.verify("nobody", "nobody", "a")).isEqualTo(new Login.Refused());
    assertThat(accounts.verify("admin", "x".repeat(1_000_000), "a")).isEqualTo(new Login.Refused());
    assertThat(accounts.setEnabled(BY, "admin", false)).isNull();
    assertThat(accounts.verify("admin", PASSWORD, "a")).isEqualTo(new Login.Refused());
    assertThat(accounts.current("admin")).isEmpty();
  }

  @Test
  void takesAnotherPasswordAtOnce() {
    admin();
    assertThat(accounts.setPassword(BY, "admin", "another 1234", false)).isNull();
    assertThat(accounts.verify("admin", PASSWORD, "a")).isEqualTo(new Login.Refused());
    assertThat(accounts.verify("admin", "another 1234", "a")).isInstanceOf(Login.Granted.class);
    assertThat(accounts.setPassword(BY, "none", "another 1234", false))
        .isEqualTo(AccountFault.NO_SUCH_ACCOUNT);
  }

  @ParameterizedTest
  @CsvSource({
    "a,long enough 1,ADMINISTRATOR,,,BAD_NAME",
    "two words,long enough 1,ADMINISTRATOR,,,BAD_NAME",
    "admin,long enough 1,ADMINISTRATOR,,,NAME_TAKEN",
    "ADMIN,long enough 1,ADMINISTRATOR,,,NAME_TAKEN",
    "first,short,ADMINISTRATOR,,,WEAK_PASSWORD",
    "first,first-1234,ADMINISTRATOR,,,WEAK_PASSWORD",
    "first,aaaaaaaaaaaa,ADMINISTRATOR,,,WEAK_PASSWORD",
    "first,long enough 1,ADMINISTRATOR,440307,,WRONG_SCOPE",
    "first,long enough 1,BUREAU,,,WRONG_SCOPE",
    "first,long enough 1,TECHNICIAN,440307,2144990001,WRONG_SCOPE",
    "first,long enough 1,SCHOOL,440307,,WRONG_SCOPE",
    "first,long enough 1,PUBLIC,440307,,WRONG_SCOPE",
    "first,long enough 1,BUREAU,440308,,UNKNOWN_REGION",
    "first,long enough 1,SCHOOL,,2144990001,UNKNOWN_SCHOOL"
  })
  void refusesABadAccountWithItsReason(
      String name, String password, Role role, String region, String school, AccountFault fault) {
    admin();
    assertThat(accounts.add(BY, new NewAccount(name, password, role, region, school)))
        .isEqualTo(fault);
    assertThat(accounts.list()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void hasASentenceForEveryFaultInBothLanguages(AccountFault fault) {
    assertThat(fault.text(Locale.ENGLISH)).endsWith(".");
    assertThat(fault.text(Locale.CHINA)).endsWith("。");
  }

  @Test
  void slowsDownGuessingFromOnePlaceAndLetsTheOwnerInFromAnother() {
    admin();
    for (int i = 0; i < LoginThrottle.PER_ACCOUNT_AND_SOURCE; i++) {
      assertThat(accounts.verify("admin", "guess " + i, "evil")).isEqualTo(new Login.Refused());
    }
    assertThat(accounts.verify("admin", PASSWORD, "evil"))
        .isEqualTo(new Login.Throttled(LoginThrottle.WINDOW));
    assertThat(accounts.verify("admin", PASSWORD, "office")).isInstanceOf(Login.Granted.class);
    clock.pass(LoginThrottle.WINDOW);
    assertThat(accounts.verify("admin", PASSWORD, "evil")).isInstanceOf(Login.Granted.class);
  }

  @Test
  void whatWasGrantedBeforeAPasswordWasChangedCountsNoMore() {
    admin();
    Login.Granted before = accounts.current("admin").orElseThrow();
    assertThat(before.isStill(accounts.current("admin").orElseThrow())).isTrue();
    assertThat(accounts.changePassword(BY, "admin", "wrong", "another 1234"))
        .isEqualTo(AccountFault.WRONG_PASSWORD);
    assertThat(accounts.changePassword(BY, "admin", PASSWORD, PASSWORD))
        .isEqualTo(AccountFault.SAME_PASSWORD);
    assertThat(accounts.changePassword(BY, "admin", PASSWORD, "short"))
        .isEqualTo(AccountFault.WEAK_PASSWORD);
    assertThat(before.isStill(accounts.current("admin").orElseThrow())).isTrue();
    assertThat(accounts.changePassword(BY, "admin", PASSWORD, "another 1234")).isNull();
    assertThat(before.isStill(accounts.current("admin").orElseThrow())).isFalse();
  }

  @Test
  void aPasswordThatSomebodyElseChoseMustBeChanged() {
    admin();
    assertThat(accounts.setPassword(BY, "admin", "given 12345", true)).isNull();
    assertThat(accounts.current("admin").orElseThrow().mustChange()).isTrue();
    assertThat(accounts.changePassword(BY, "admin", "given 12345", "my own 12345")).isNull();
    assertThat(accounts.current("admin").orElseThrow().mustChange()).isFalse();
  }

  @Test
  void everyChangeAndEveryLoginStandsInTheAuditLogAndNoPasswordDoes() {
    admin();
    accounts.verify("admin", PASSWORD, "10.0.0.1");
    accounts.verify("admin", "guess 1234", "10.0.0.2");
    accounts.setPassword(BY, "admin", "another 1234", true);
    accounts.setEnabled(BY, "admin", false);
    accounts.setEnabled(BY, "nobody", false);
    AuditLog.Page log =
        new AuditLog(database.jdbi(), clock).list(new AuditLog.Filter("", ""), 0, 100);
    assertThat(log.entries())
        .extracting(AuditEntry::action)
        .containsExactly(
            "account.disable", "account.password", "login.refused", "login", "account.add");
    assertThat(log.total()).isEqualTo(5);
    assertThat(log.entries()).extracting(AuditEntry::subject).containsOnly("admin");
    assertThat(log.entries().get(2).source()).isEqualTo("10.0.0.2");
    assertThat(log.entries().get(2).account()).isEmpty();
    assertThat(log.entries().get(3).account()).isEqualTo("admin");
    assertThat(log.entries().get(4).account()).isEqualTo("root");
    assertThat(log.entries().toString()).doesNotContain(PASSWORD, "guess", "another");
  }

  @Test
  void theAuditLogKeepsAtLeastHalfAYearAndNotForEver() {
    AuditLog log = new AuditLog(database.jdbi(), clock);
    AuditLog.Filter all = new AuditLog.Filter("", "");
    log.record(BY, "first", "x", Map.of("n", 1));
    clock.pass(AuditLog.LEAST_KEPT);
    log.record(BY, "second", "x", Map.of());
    assertThat(log.list(all, 0, 10).total()).isEqualTo(2);
    assertThat(log.list(new AuditLog.Filter("", "fir"), 0, 10).entries().get(0).detail())
        .isEqualTo("{\"n\":1}");
    assertThat(log.list(new AuditLog.Filter("other", ""), 0, 10).total()).isZero();
    assertThat(AuditLog.KEPT).isGreaterThanOrEqualTo(AuditLog.LEAST_KEPT);
    clock.pass(AuditLog.KEPT.minus(AuditLog.LEAST_KEPT).plusDays(1));
    log.record(BY, "third", "x", Map.of());
    assertThat(log.list(all, 0, 10).entries())
        .extracting(AuditEntry::action)
        .containsExactly("third", "second");
    assertThat(log.list(all, 1, 1).entries())
        .extracting(AuditEntry::action)
        .containsExactly("second");
  }

  @Test
  void aTokenOpensItsAccountUntilItEnds() {
    admin();
    ApiTokens tokens = new ApiTokens(database.jdbi(), clock, new SecureRandom(), accounts);
    ApiTokens.Made made =
        requireNonNull(tokens.make(BY, "Admin", "nightly export", Duration.ofDays(1)));

    assertThat(tokens.account(made.secret()).orElseThrow().name()).isEqualTo("admin");
    assertThat(tokens.account(made.secret().substring(0, made.secret().length() - 1) + "_"))
        .isEmpty();
    assertThat(tokens.account("rollcall_x")).isEmpty();
    assertThat(tokens.list("admin")).containsExactly(made.token());
    accounts.setEnabled(BY, "admin", false);
    assertThat(tokens.account(made.secret())).isEmpty();
    accounts.setEnabled(BY, "admin", true);
    clock.pass(Duration.ofDays(1));
    assertThat(tokens.account(made.secret())).isEmpty();
    assertThat(tokens.list("admin")).isEmpty();
    ApiTokens.Made other = requireNonNull(tokens.make(BY, "admin", "another", Duration.ofDays(1)));
    assertThat(tokens.end(BY, "somebody", other.token().id())).isFalse();
    assertThat(tokens.end(BY, "admin", other.token().id())).isTrue();
    assertThat(tokens.account(other.secret())).isEmpty();
    for (int i = 0; i < ApiTokens.MOST; i++) {
      assertThat(tokens.make(BY, "admin", "n" + i, ApiTokens.LONGEST)).isNotNull();
    }
    assertThat(tokens.make(BY, "admin", "one more", ApiTokens.LONGEST)).isNull();
  }

  @Test
  void theFirstAccountIsMadeWithTheCodeFromTheDataFolderAndOnlyOnce() throws Exception {
    Path data = Files.createDirectory(folder.resolve("data"));
    FirstRun run = FirstRun.open(data, accounts, new SecureRandom());
    String code = Files.readString(run.codeFile()).strip();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(run.codeFile())))
        .isEqualTo("rw-------");
    assertThat(run.make(BY, code + "x", "first", PASSWORD))
        .isEqualTo(AccountFault.WRONG_SETUP_CODE);
    assertThat(run.make(BY, code, "first", "short")).isEqualTo(AccountFault.WEAK_PASSWORD);
    assertThat(run.isOpen()).isTrue();
    assertThat(run.make(BY, code, "first", PASSWORD)).isNull();
    assertThat(run.isOpen()).isFalse();
    assertThat(run.codeFile()).isNull();
    assertThat(run.make(BY, code, "second", PASSWORD)).isEqualTo(AccountFault.NOT_THE_FIRST);
    assertThat(accounts.addFirst(BY, "second", PASSWORD)).isEqualTo(AccountFault.NOT_THE_FIRST);
    assertThat(accounts.current("first").orElseThrow().viewer()).isEqualTo(Viewer.administrator());
    assertThat(FirstRun.open(data, accounts, new SecureRandom()).isOpen()).isFalse();
  }

  @Test
  void keepsThePasswordAsAnArgon2idHashOnly() {
    admin();
    String stored =
        database
            .jdbi()
            .withHandle(
                handle ->
                    handle.createQuery("SELECT password FROM account").mapTo(String.class).one());
    assertThat(stored).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain("horse");
  }

  private void admin() {
    assertThat(accounts.add(BY, new NewAccount("admin", PASSWORD, Role.ADMINISTRATOR, null, null)))
        .isNull();
  }

  /** Stands still until told. */
  static final class SetClock extends Clock {
    private Instant now = Instant.parse("2026-09-01T00:00:00Z");

    void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
