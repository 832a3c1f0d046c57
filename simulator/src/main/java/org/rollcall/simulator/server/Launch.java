package org.rollcall.simulator.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How this process was started, so that children can be started alike. */
final class Launch {
  private static final int FIRST_TO_WARN_OF_UNSAFE = 24;

  private Launch() {}

  /** The java command with this process's class path, ready for a main class. */
  static List<String> java(List<String> flags) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    for (String open : List.of("java.lang", "java.nio", "sun.nio.ch", "jdk.internal.misc")) {
      command.add("--add-opens=java.base/" + open + "=ALL-UNNAMED");
    }
    command.add("--add-exports=java.base/jdk.internal.math=ALL-UNNAMED");
    command.add("--add-exports=java.base/jdk.internal.vm=ALL-UNNAMED");
    if (Runtime.version().feature() >= FIRST_TO_WARN_OF_UNSAFE) {
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.add("-Drollcall.root=" + root());
    command.add("-Dfile.encoding=UTF-8");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    return command;
  }

  /** The repository's root, in which {@code config/} lies. */
  static Path root() {
    String root = System.getProperty("rollcall.root");
    if (root == null) {
      throw new IllegalStateException(
          "The system property rollcall.root is not set: start with ./rollcall.");
    }
    return Path.of(root).toAbsolutePath();
  }
}
