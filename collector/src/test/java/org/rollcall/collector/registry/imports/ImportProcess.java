package org.rollcall.collector.registry.imports;

import java.nio.file.Path;
import java.util.Locale;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.database.RegisterHome;
import org.rollcall.collector.registry.Registry;

/** An import as a process of its own: {@code FILE|URL schools|devices FILE}. */
final class ImportProcess {
  private ImportProcess() {}

  public static void main(String[] args) {
    try (Database database = RegisterHome.open(args[0])) {
      Imports imports = new Imports(new Registry(database));
      Path file = Path.of(args[2]);
      ImportResult result =
          args[1].equals("schools")
              ? imports.schools(file, ImportOptions.DEFAULT)
              : imports.devices(file, ImportOptions.DEFAULT);
      result.lines(Locale.ENGLISH).stream().limit(5).forEach(System.out::println);
      System.exit(result.ok() ? 0 : 1);
    }
  }
}
