package org.rollcall.collector.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {
  @Test
  void matchesItsOwnPasswordAndNoOther() {
    String hash = PasswordHash.of("密码 café", new SecureRandom());
    assertThat(PasswordHash.matches("密码 café", hash)).isTrue();
    assertThat(PasswordHash.matches("密码 cafe\u0301", hash)).as("the same letters").isTrue();
    assertThat(PasswordHash.matches("密码 cafe", hash)).isFalse();
  }

  @Test
  void readsAHashOfTheReferenceProgram() {
    assertThat(
            PasswordHash.matches(
                "password",
                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$"
                    + "CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"))
        .isTrue();
  }

  @Test
  void saltsEachHash() {
    SecureRandom random = new SecureRandom();
    assertThat(PasswordHash.of("same", random)).isNotEqualTo(PasswordHash.of("same", random));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "password",
        "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8",
        "$argon2id$v=19$m=9999999,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8",
        "$argon2id$v=19$m=65536,t=0,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8"
      })
  void matchesNothingWithADamagedHash(String stored) {
    assertThat(PasswordHash.matches("password", stored)).isFalse();
  }
}
