package org.rollcall.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.config.SettingsException;
import org.rollcall.config.SettingsReader;

class CredentialTest {

  /** The part of agent.yaml that is about credentials. */
  record Part(Map<String, Credential> credentials) {}

  @TempDir private Path folder;

  private Credential read(String yaml) throws SettingsException {
    Part part = SettingsReader.read("agent.yaml", "credentials:\n  a: " + yaml, folder, Part.class);
    return new Credentials(part.credentials()).get("a");
  }

  @Test
  void aSecretMayStandInAFileBesideTheSettings() throws Exception {
    Files.writeString(folder.resolve("core.auth"), "maplesyrup\n");
    Credential core =
        read(
            "{user: rollcall, auth: sha256, authPassword: 'file:core.auth',"
                + " privacy: aes128, privacyPassword: written-out}");
    assertThat(core)
        .isEqualTo(
            new Credential(
                null,
                "rollcall",
                Credential.Auth.SHA256,
                "maplesyrup",
                Credential.Privacy.AES128,
                "written-out",
                null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                 | it holds nothing
          {community: ''}                                    | community is empty
          {community: 'hex:0'}                               | pairs of hexadecimal digits
          {community: 'hex:zz'}                              | pairs of hexadecimal digits
          {community: c, user: u}                            | make two credentials of it
          {auth: md5, authPassword: maplesyrup}              | auth needs a user
          {user: u, auth: md5}                               | auth needs authPassword
          {user: u, authPassword: maplesyrup}                | authPassword needs auth
          {user: u, auth: md5, authPassword: short77}        | authPassword is shorter than 8 characters
          {user: u, privacy: des, privacyPassword: maplesyrup} | privacy needs auth
          {user: u, auth: sha1, authPassword: maplesyrup, privacy: aes128, privacyPassword: short77} | privacyPassword is shorter than 8
          {user: u, auth: sha3, authPassword: maplesyrup}    | use one of md5, sha1, sha224, sha256, sha384, sha512
          {user: a-name-that-is-longer-than-32-characters}   | user is longer than 32
          """)
  void whatDoesNotFitTogetherIsSaidInASentence(String yaml, String sentence) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("credentials.a")
        .hasMessageContaining(sentence)
        .hasMessageNotContaining("maplesyrup")
        .hasMessageNotContaining("short77");
  }

  @Test
  void secretsAreNeverPrinted() throws SettingsException {
    Credential core =
        read(
            "{user: rollcall, auth: sha1, authPassword: s3cret-1,"
                + " privacy: aes256c, privacyPassword: s3cret-2, password: s3cret-3}");
    assertThat(core).hasToString("Credential[user rollcall, sha1, aes256c, password]");
    assertThat(Credential.community("s3cret")).hasToString("Credential[community]");
    assertThat(new Credentials(Map.of("core", core))).hasToString("Credentials[core]");
    assertThat(new Part(Map.of("core", core)).toString()).doesNotContain("s3cret");
  }

  @Test
  void aNameNobodyHasIsSaidWithThoseThatAre() {
    assertThatThrownBy(() -> Credentials.none().get("core"))
        .hasMessage("there is no credential 'core': the credentials section is empty");
    Credentials two =
        new Credentials(Map.of("b", Credential.community("x"), "a", Credential.community("y")));
    assertThatThrownBy(() -> two.get("core"))
        .hasMessage("there is no credential 'core': known are a, b");
  }
}
