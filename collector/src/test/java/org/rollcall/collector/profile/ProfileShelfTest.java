package org.rollcall.collector.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.rollcall.collector.accepted.AcceptedVersions;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.database.OnBothDatabases;
import org.rollcall.collector.database.RegisterHome;
import org.rollcall.collector.profile.ProfileShelf.Look;
import org.rollcall.config.Problem;
import org.rollcall.config.SettingsException;

/** What is in force when files change, break or go. */
@OnBothDatabases
class ProfileShelfTest {
  @Parameter RegisterHome home = RegisterHome.SQLITE;

  private static final String LETTER = "GD-2010-18";
  private static final String CHILD = "GD-LONGGANG-2011";
  private static final List<String> NEEDED = List.of(LETTER);

  @TempDir Path temp;
  private Path folder;
  private Targets targets;
  private Database database;
  private AcceptedVersions accepted;
  private ProfileShelf shelf;

  @BeforeEach
  void open() throws Exception {
    folder = Files.createDirectory(temp.resolve("targets"));
    targets = Targets.copied(folder);
    database = home.open(temp);
    Clock clock = Clock.fixed(Instant.parse("2026-11-20T00:00:00Z"), ZoneOffset.UTC);
    accepted = new AcceptedVersions(database, "profile", clock);
    shelf = new ProfileShelf(folder, accepted);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static @org.jspecify.annotations.Nullable Double asked(Look look, String id) {
    Rule rule = Objects.requireNonNull(look.profiles().get(id)).rule("BBT-B");
    return Objects.requireNonNull(rule).asked().percent();
  }

  @Test
  void goodFilesAreTakenAndKept() throws Exception {
    Look look = shelf.look(NEEDED);
    assertThat(look.problems()).isEmpty();
    assertThat(look.kept()).isEmpty();
    assertThat(look.profiles().byId()).hasSize(6);
    assertThat(accepted.inForce()).hasSize(6).allMatch(one -> one.sha256().length() == 64);
    assertThat(shelf.look(NEEDED).problems()).as("again").isEmpty();
  }

  @Test
  void aChangeWithoutAnotherVersionIsRefusedAndTheOldStays() throws Exception {
    shelf.look(NEEDED);
    targets.replace(LETTER, "target: { percent: 60 }", "target: { percent: 70 }");
    Look look = shelf.look(NEEDED);
    assertThat(look.problems())
        .extracting(Problem::path)
        .containsExactly(LETTER + ".yaml: version");
    assertThat(look.kept()).containsExactly("GD-2010-18 1");
    assertThat(asked(look, LETTER)).isEqualTo(60);
    assertThat(asked(look, CHILD)).isEqualTo(60);
  }

  @Test
  void aChangeWithAnotherVersionIsTakenAndItsChildStaysWithTheOldOne() throws Exception {
    shelf.look(NEEDED);
    targets
        .replace(LETTER, "target: { percent: 60 }", "target: { percent: 70 }")
        .replace(LETTER, "id: GD-2010-18\nversion: \"1\"", "id: GD-2010-18\nversion: \"2\"");
    Look look = shelf.look(NEEDED);
    assertThat(look.problems())
        .as("the child was written against version 1")
        .extracting(Problem::path)
        .contains(CHILD + ".yaml: inheritsVersion");
    assertThat(asked(look, CHILD)).isEqualTo(60);
    targets
        .replace(CHILD, "inheritsVersion: \"1\"", "inheritsVersion: \"2\"")
        .replace(
            CHILD, "id: GD-LONGGANG-2011\nversion: \"1\"", "id: GD-LONGGANG-2011\nversion: \"2\"");
    Look both = shelf.look(NEEDED);
    assertThat(both.problems()).isEmpty();
    assertThat(asked(both, LETTER)).isEqualTo(70);
    assertThat(asked(both, CHILD)).isEqualTo(70);
    assertThat(accepted.find(LETTER, "1")).as("old versions stay").isNotNull();
  }

  @Test
  void aBadFileLeavesTheLastGoodVersionInForceEvenAfterANewStart() throws Exception {
    shelf.look(NEEDED);
    targets.write(LETTER, "id: [");
    for (ProfileShelf one : List.of(shelf, new ProfileShelf(folder, accepted))) {
      Look look = one.look(NEEDED);
      assertThat(look.problems()).isNotEmpty();
      assertThat(look.kept()).contains("GD-2010-18 1");
      assertThat(asked(look, CHILD)).isEqualTo(60);
    }
  }

  @Test
  void aFolderThatIsGoneLeavesEverythingInForce() throws Exception {
    shelf.look(NEEDED);
    Look look = new ProfileShelf(temp.resolve("none"), accepted).look(NEEDED);
    assertThat(look.profiles().byId()).hasSize(6);
    assertThat(look.problems()).isNotEmpty();
  }

  @Test
  void aFileThatIsGoneTakesItsProfileWithItUnlessItIsNeeded() throws Exception {
    shelf.look(NEEDED);
    targets.delete("MOE-2019-CONNECT").delete(LETTER).delete(CHILD);
    Look look = shelf.look(NEEDED);
    assertThat(look.profiles().get("MOE-2019-CONNECT")).isNull();
    assertThat(look.profiles().get(LETTER)).isNotNull();
    assertThat(look.problems()).extracting(Problem::path).containsExactly(LETTER + ".yaml");
  }

  @Test
  void aParentThatIsGoneStaysForItsChild() throws Exception {
    shelf.look(List.of(CHILD));
    targets.delete(LETTER);
    Look look = shelf.look(List.of(CHILD));
    assertThat(asked(look, CHILD)).isEqualTo(60);
    assertThat(look.problems()).isNotEmpty();
  }

  @Test
  void aNewChildThatIsBadDoesNotHoldItsParentBack() throws Exception {
    targets.delete(CHILD);
    shelf.look(NEEDED);
    targets
        .replace(LETTER, "target: { percent: 60 }", "target: { percent: 70 }")
        .replace(LETTER, "id: GD-2010-18\nversion: \"1\"", "id: GD-2010-18\nversion: \"2\"")
        .child("  - id: BBT-B\n    target: { percent: 50 }\n");
    Look look = shelf.look(NEEDED);
    assertThat(asked(look, LETTER)).isEqualTo(70);
    assertThat(look.profiles().get("CHILD")).isNull();
    assertThat(look.problems()).allMatch(problem -> problem.path().startsWith("CHILD.yaml: "));
  }

  @Test
  void anOldVersionMayComeBack() throws Exception {
    String old = Files.readString(folder.resolve(LETTER + ".yaml"));
    targets.delete(CHILD);
    shelf.look(NEEDED);
    targets.replace(LETTER, "id: GD-2010-18\nversion: \"1\"", "id: GD-2010-18\nversion: \"2\"");
    assertThat(shelf.look(NEEDED).problems()).isEmpty();
    targets.write(LETTER, old.replace("\n", "\r\n"));
    Look back = shelf.look(NEEDED);
    assertThat(back.problems()).isEmpty();
    assertThat(accepted.inForce())
        .filteredOn(one -> one.id().equals(LETTER))
        .extracting(AcceptedVersions.Accepted::version)
        .containsExactly("1");
  }

  @Test
  void withoutAnyUsableVersionNothingIsTaken() throws Exception {
    targets.write(LETTER, "id: [");
    SettingsException refused =
        catchThrowableOfType(SettingsException.class, () -> shelf.look(NEEDED));
    assertThat(refused).hasMessageContaining("GD-2010-18.yaml");
    assertThat(accepted.inForce()).isEmpty();
  }
}
