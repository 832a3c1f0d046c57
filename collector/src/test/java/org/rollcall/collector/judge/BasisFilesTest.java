package org.rollcall.collector.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.rollcall.collector.accepted.AcceptedVersions;
import org.rollcall.collector.calendar.SchoolCalendars;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.database.OnBothDatabases;
import org.rollcall.collector.database.RegisterHome;
import org.rollcall.collector.day.Days;
import org.rollcall.collector.profile.ProfileShelf;

@OnBothDatabases
class BasisFilesTest {
  @Parameter RegisterHome home = RegisterHome.SQLITE;

  private static final Path SHIPPED =
      Path.of(System.getProperty("rollcall.root"), "config", "targets");

  @TempDir Path folder;

  @Test
  void aBrokenFileChangesNothingAndAMendedOneIsTaken() throws Exception {
    Path targets = Files.createDirectory(folder.resolve("targets"));
    for (String name : List.of("PROJECT-DEFAULTS.yaml", "GD-2010-18.yaml")) {
      Files.copy(SHIPPED.resolve(name), targets.resolve(name));
    }
    Path letter = targets.resolve("GD-2010-18.yaml");
    String good = Files.readString(letter);
    List<Basis> told = new ArrayList<>();
    try (Database database = home.open(folder);
        BasisFiles files =
            BasisFiles.open(
                new ProfileShelf(
                    targets, new AcceptedVersions(database, "profile", Clock.systemUTC())),
                List.of("GD-2010-18"),
                SchoolCalendars.everywhere(Days.CALENDAR))) {
      Basis first = files.basis();

      Files.writeString(letter, good.replace("mbps: 10,", "mbps: -10,"));
      files.lookNow(told::add);
      assertThat(files.problems()).isNotEmpty();
      assertThat(files.basis()).isEqualTo(first);
      assertThat(told).isEmpty();

      Files.writeString(letter, good.replaceFirst("version: \"1\"", "version: \"2\""));
      files.lookNow(told::add);
      assertThat(files.problems()).isEmpty();
      assertThat(told).containsExactly(files.basis());
      assertThat(files.basis().profiles().get(0).version()).isEqualTo("2");
    }
  }
}
