package org.rollcall.collector.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.database.OnBothDatabases;
import org.rollcall.collector.database.RegisterHome;

@OnBothDatabases
class AccountsTest {
  @Parameter RegisterHome home = RegisterHome.SQLITE;

  private static final String PASSWORD = "correct horse 马";

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
    assertThat(accounts.add("Longgang.Bureau", PASSWORD, Role.BUREAU, "440307", null)).isNull();
    assertThat(accounts.verify(" longgang.bureau ", PASSWORD, "10.0.0.1"))
        .isEqualTo(new Login.Granted("longgang.bureau", Viewer.bureau("440307")));
    assertThat(accounts.viewer("longgang.bureau")).contains(Viewer.bureau("440307"));
    assertThat(accounts.list())
        .containsExactly(
            new Account("longgang.bureau", Viewer.bureau("440307"), true, clock.instant()));
  }

  @Test
  void refusesAWrongPasswordAnUnknownNameAndADisabledAccountAlike() {
    admin();
    assertThat(accounts.verify("admin", PASSWORD + "x", "a")).isEqualTo(new Login.Refused());
    assertThat(accounts.verify("nobody", "nobody", "a")).isEqualTo(new Login.Refused());
    assertThat(accounts.verify("admin", "x".repeat(1_000_000), "a")).isEqualTo(new Login.Refused());
    assertThat(accounts.setEnabled("admin", false)).isNull();
    assertThat(accounts.verify("admin", PASSWORD, "a")).isEqualTo(new Login.Refused());
    assertThat(accounts.viewer("admin")).isEmpty();
  }

  @Test
  void takesAnotherPasswordAtOnce() {
    admin();
    assertThat(accounts.setPassword("admin", "another 1234")).isNull();
    assertThat(accounts.verify("admin", PASSWORD, "a")).isEqualTo(new Login.Refused());
    assertThat(accounts.verify("admin", "another 1234", "a")).isInstanceOf(Login.Granted.class);
    assertThat(accounts.setPassword("none", "another 1234"))
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
    assertThat(accounts.add(name, password, role, region, school)).isEqualTo(fault);
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
    assertThat(accounts.add("admin", PASSWORD, Role.ADMINISTRATOR, null, null)).isNull();
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
