package org.rollcall.collector.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.rollcall.collector.database.RegisterMove.Moved;
import org.rollcall.collector.database.RegisterMove.RefusedException;

/** From each database into the other. */
@OnBothDatabases
class RegisterMoveTest {
  private static final int ROWS = 13;
  private static final int ROWS_PER_TRANSACTION = 7;

  /** More than there are points at which the move can be interrupted. */
  private static final int MANY = 1_000;

  @Parameter RegisterHome home = RegisterHome.SQLITE;

  @TempDir Path folder;
  private RegisterHome other = RegisterHome.POSTGRESQL;
  private Path target = Path.of("");

  @BeforeEach
  void fill() throws Exception {
    other = home == RegisterHome.SQLITE ? RegisterHome.POSTGRESQL : RegisterHome.SQLITE;
    target = Files.createDirectory(folder.resolve("target"));
    try (Database from = home.open(folder)) {
      from.jdbi()
          .useTransaction(handle -> FilledRegister.fill(handle, from.home().tables(handle), ROWS));
    }
  }

  private static final class Interruption extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Interrupts at the nth step. */
  private static Consumer<String> until(int steps) {
    int[] left = {steps};
    return table -> {
      if (left[0]-- == 0) {
        throw new Interruption();
      }
    };
  }

  private List<Moved> move(Path to, Consumer<String> step) {
    try (Database from = home.open(folder);
        Database into = Database.openHalfMoved(other.settings(to), RegisterHome.file(to))) {
      return new RegisterMove(from, into, step, ROWS_PER_TRANSACTION).run();
    }
  }

  private void assertMoved(List<Moved> moved, Path to) {
    assertThat(moved).extracting(Moved::table).isEqualTo(FilledRegister.tables());
    try (Database there = other.open(to)) {
      for (Moved table : moved) {
        assertThat(count(there, table.table())).as(table.table()).isEqualTo(table.rows());
        assertThat(table.rows()).as(table.table()).isPositive();
      }
      assertThat(count(there, "school")).isEqualTo(ROWS);
    }
  }

  private static long count(Database database, String table) {
    return database
        .readOnly()
        .withHandle(
            handle -> handle.createQuery("SELECT count(*) FROM " + table).mapTo(Long.class).one());
  }

  @Test
  void everyTableIsThereWithTheSameCountsAndDigests() {
    List<Moved> moved = move(target, table -> {});
    assertMoved(moved, target);
    assertThat(move(target, table -> {})).as("moved again").isEqualTo(moved);
  }

  @Test
  void whatWasMovedCanBeMovedBack() throws Exception {
    List<Moved> moved = move(target, table -> {});
    Path back = Files.createDirectory(folder.resolve("back"));
    try (Database there = other.open(target)) {
      assertThat(
              RegisterMove.move(there, home.settings(back), RegisterHome.file(back), table -> {}))
          .isEqualTo(moved);
    }
  }

  @Test
  void numbersGivenAfterwardsAreAboveThoseThatWereMoved() {
    move(target, table -> {});
    String insert =
        "INSERT INTO maintenance (school, from_millis, to_millis, reason)"
            + " VALUES ('s', 1, 2, '') RETURNING id";
    try (Database there = other.open(target)) {
      Long id =
          there.jdbi().withHandle(handle -> handle.createQuery(insert).mapTo(Long.class).one());
      assertThat(id).isEqualTo(ROWS + 1);
    }
  }

  @Test
  void interruptedAtAnyStepItFinishesWithNothingDoubledOrMissing() throws Exception {
    List<Moved> whole = move(target, table -> {});
    int interrupted = 0;
    boolean finished = false;
    for (int step = 0; step < MANY && !finished; step += 16) {
      Path to = Files.createDirectory(folder.resolve("to" + step));
      try {
        assertThat(move(to, until(step))).isEqualTo(whole);
        finished = true;
      } catch (Interruption e) {
        interrupted++;
        assertThatThrownBy(() -> other.open(to).close())
            .isInstanceOf(DatabaseUnavailableException.class)
            .hasMessageContaining("half moved");
        List<Moved> moved = move(to, table -> {});
        assertThat(moved).as("interrupted at step " + step).isEqualTo(whole);
        assertMoved(moved, to);
      }
    }
    assertThat(finished).isTrue();
    assertThat(interrupted).isGreaterThan(2);
  }

  @Test
  void interruptedAtEveryStepOfOneMoveItStillFinishes() throws Exception {
    List<Moved> whole = move(target, table -> {});
    Path to = Files.createDirectory(folder.resolve("again"));
    int runs = 0;
    List<Moved> moved = List.of();
    while (moved.isEmpty() && runs < MANY) {
      runs++;
      try {
        moved = move(to, until(FilledRegister.tables().size() + 1));
      } catch (Interruption e) {
        assertThat(runs).isLessThan(MANY);
      }
    }
    assertThat(runs).isGreaterThan(3);
    assertThat(moved).isEqualTo(whole);
  }

  @Test
  void whatChangedBetweenTwoRunsIsMovedAsItIsNow() {
    assertThatThrownBy(() -> move(target, until(30))).isInstanceOf(Interruption.class);
    try (Database from = home.open(folder)) {
      from.jdbi()
          .useHandle(
              handle -> {
                handle.execute("UPDATE agent SET enrolled_millis = 77 WHERE id LIKE 'a-%2'");
                handle.execute("DELETE FROM device WHERE name LIKE '%3'");
              });
    }
    List<Moved> moved = move(target, table -> {});
    try (Database there = other.open(target)) {
      assertThat(count(there, "agent WHERE enrolled_millis = 77")).isEqualTo(2);
      assertThat(count(there, "device")).isEqualTo(ROWS - 1);
    }
    assertThat(moved).extracting(Moved::table).isEqualTo(FilledRegister.tables());
  }

  @Test
  void aTargetThatHoldsSomethingElseIsRefusedAndLeftAlone() {
    try (Database there = other.open(target)) {
      there.jdbi().useHandle(handle -> handle.execute("INSERT INTO register_date VALUES ('x')"));
    }
    assertThatThrownBy(() -> move(target, table -> {}))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("holds something already")
        .hasMessageContaining("register_date has 1 rows");
    try (Database there = other.open(target)) {
      assertThat(count(there, "register_date")).isEqualTo(1);
      assertThat(count(there, "school")).isZero();
    }
  }

  @Test
  void aTargetHalfFilledFromElsewhereIsRefused() throws Exception {
    assertThatThrownBy(() -> move(target, until(30))).isInstanceOf(Interruption.class);
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    try (Database from = home.open(elsewhere)) {
      assertThatThrownBy(
              () ->
                  RegisterMove.move(
                      from, other.settings(target), RegisterHome.file(target), table -> {}))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("half filled from");
    }
  }

  @Test
  void aRegisterIsNotMovedOntoItself() {
    try (Database from = home.open(folder)) {
      assertThatThrownBy(
              () ->
                  RegisterMove.move(
                      from, home.settings(folder), RegisterHome.file(folder), table -> {}))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("already");
    }
  }

  /** A transaction has begun in another process, or wants to. */
  @Test
  void nobodyElseChangesTheRegisterMeanwhile() throws Exception {
    List<Thread> writers = new ArrayList<>();
    try (Database beside = home.open(folder)) {
      List<Moved> moved =
          move(
              target,
              table -> {
                if (writers.isEmpty()) {
                  Thread writer = new Thread(() -> beside.jdbi().useHandle(this::rename));
                  writers.add(writer);
                  writer.start();
                }
              });
      for (Thread writer : writers) {
        writer.join();
      }
      assertMoved(moved, target);
      try (Database there = other.open(target)) {
        assertThat(count(there, "verdict WHERE body = 'changed'")).isZero();
      }
      assertThat(count(beside, "verdict WHERE body = 'changed'")).isEqualTo(ROWS);
    }
  }

  @Test
  void aCopyIsAFileOfWhatWasThereAndKeepsNobodyWaiting() throws Exception {
    Path copy = folder.resolve("copy.sqlite");
    List<Path> beside;
    try (Database from = home.open(folder);
        Database second = home.open(folder)) {
      from.jdbi()
          .useTransaction(
              handle -> {
                handle.execute("DELETE FROM school");
                CompletableFuture.runAsync(() -> second.copyTo(copy)).get(60, TimeUnit.SECONDS);
              });
      assertThat(count(from, "school")).isZero();
    }
    try (Stream<Path> files = Files.list(folder)) {
      beside = files.filter(file -> file.getFileName().toString().startsWith("copy")).toList();
    }
    assertThat(beside).containsExactly(copy);
    try (Database there = Database.open(copy)) {
      for (String table : FilledRegister.tables()) {
        assertThat(count(there, table)).as(table).isPositive();
      }
      assertThat(count(there, "school")).isEqualTo(ROWS);
    }
    Database.delete(copy);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.filter(file -> file.getFileName().toString().startsWith("copy"))).isEmpty();
    }
  }

  private void rename(Handle handle) {
    handle.execute("UPDATE verdict SET body = 'changed'");
  }
}
