package org.rollcall.simulator;

import org.rollcall.simulator.bench.BenchCommand;
import org.rollcall.simulator.demo.DemoCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The process behind {@code ./rollcall demo} and {@code ./rollcall bench}. */
@Command(
    name = "rollcall",
    mixinStandardHelpOptions = true,
    subcommands = {BenchCommand.class, DemoCommand.class})
public final class SimulatorMain {
  private static final String LOG_SETTINGS = "logback.configurationFile";

  private SimulatorMain() {}

  /** Exits 0 on success, 1 on a failure it explains, 2 on wrong usage. */
  public static void main(String[] arguments) {
    if (System.getProperty(LOG_SETTINGS) == null) {
      System.setProperty(LOG_SETTINGS, "logback-simulator.xml");
    }
    CommandLine line = new CommandLine(new SimulatorMain());
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          command.getErr().println(sentence(failure));
          return 1;
        });
    System.exit(line.execute(arguments));
  }

  private static String sentence(Exception failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank() ? failure.toString() : message;
  }
}
