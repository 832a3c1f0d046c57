package org.rollcall.web.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.rollcall.collector.database.DatabaseUnavailableException;
import org.rollcall.collector.database.RegisterMove;
import org.rollcall.collector.store.StoreUnavailableException;
import org.rollcall.config.SettingsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * All commands of the server's side. Exit codes: 0 done, 1 a fault in one sentence, 2 wrong usage.
 */
@Command(
    name = "rollcall",
    mixinStandardHelpOptions = true,
    subcommands = {
      ServerCommand.class,
      ImportCommand.class,
      AgentsCommand.class,
      AccountsCommand.class,
      JudgeCommand.class,
      ReportCommand.class,
      ProofCommand.class,
      VerifyCommand.class,
      EvidenceCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      DoctorCommand.class,
      MoveRegisterCommand.class,
      MoveStoreCommand.class,
      DiscoveredCommand.class,
      MaintenanceCommand.class,
      CheckConfigCommand.class,
      CheckTargetsCommand.class,
      CheckAlertsCommand.class
    })
public final class Commands {
  private static final Logger log = LoggerFactory.getLogger(Commands.class);

  private Commands() {}

  /** Runs one command line and answers its exit code. */
  public static int run(String... arguments) {
    return new CommandLine(Commands.class)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
        .setExecutionExceptionHandler((fault, line, result) -> fail(fault))
        .execute(arguments);
  }

  /** Expected faults are one sentence; anything else is a bug and leaves its trace in the log. */
  private static int fail(Exception fault) {
    boolean expected =
        fault instanceof Fault
            || fault instanceof SettingsException
            || fault instanceof IOException
            || fault instanceof UncheckedIOException
            || fault instanceof StoreUnavailableException
            || fault instanceof DatabaseUnavailableException
            || fault instanceof RegisterMove.RefusedException;
    System.err.println(fault.getMessage());
    if (!expected) {
      log.atError().setCause(fault).log("The command failed");
    }
    return 1;
  }
}
