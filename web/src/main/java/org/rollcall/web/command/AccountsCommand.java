package org.rollcall.web.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.accounts.Account;
import org.rollcall.collector.accounts.AccountFault;
import org.rollcall.collector.accounts.Accounts;
import org.rollcall.collector.accounts.Identity;
import org.rollcall.collector.accounts.NewAccount;
import org.rollcall.collector.accounts.Role;
import org.rollcall.collector.audit.Actor;
import org.rollcall.collector.database.Database;
import org.rollcall.config.SettingsException;
import org.rollcall.web.ServerSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./rollcall accounts}: people who may sign in. */
@Command(
    name = "accounts",
    description = "People who may sign in.",
    mixinStandardHelpOptions = true,
    subcommands = {AccountsCommand.AddCommand.class, AccountsCommand.ListCommand.class})
final class AccountsCommand {
  private AccountsCommand() {}

  @Command(
      name = "add",
      description = "Adds an account; its password is one line of standard input.",
      mixinStandardHelpOptions = true)
  static final class AddCommand implements Callable<Integer> {
    @Mixin private ConfigOption config = new ConfigOption();
    @Mixin private LanguageOption language = new LanguageOption();

    @Option(names = "--name", required = true)
    private String name = "";

    @Option(
        names = "--role",
        required = true,
        description = "ADMINISTRATOR, BUREAU, TECHNICIAN or SCHOOL.")
    private Role role = Role.SCHOOL;

    @Option(names = "--region", description = "For a bureau or a technician: the region's code.")
    private @Nullable String region;

    @Option(names = "--school", description = "For a school: its identifier.")
    private @Nullable String school;

    @Option(
        names = "--must-change",
        description = "Its owner must choose another password before anything else.")
    private boolean mustChange;

    @Option(
        names = "--identity",
        paramLabel = "NAME",
        description = {
          "By what name the OpenID Connect provider of the settings knows its owner.",
          "The password may then be empty."
        })
    private @Nullable String identity;

    @Override
    public Integer call() throws SettingsException, IOException {
      ServerSettings settings = config.settings();
      try (Database database = config.database(settings)) {
        Accounts accounts = new Accounts(database.jdbi(), Clock.systemUTC(), new SecureRandom());
        AccountFault fault = accounts.add(Actor.console(), account(settings));
        if (fault != null) {
          throw new Fault(fault.text(language.locale()));
        }
        System.out.println("Account " + name + " added.");
      }
      return 0;
    }

    private NewAccount account(ServerSettings settings) throws IOException {
      String password = password();
      Identity known = null;
      if (identity != null) {
        if (settings.oidc() == null) {
          throw new Fault("--identity needs a provider: set oidc in the settings.");
        }
        known = settings.oidc().identity(identity);
      }
      return new NewAccount(
          name,
          known != null && password.isEmpty() ? null : password,
          role,
          region,
          school,
          mustChange,
          known);
    }

    /** One line of standard input: what is typed shows, so a script or a here-string is better. */
    private static String password() throws IOException {
      String line =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
      return line == null ? "" : line;
    }
  }

  @Command(name = "list", description = "Every account.", mixinStandardHelpOptions = true)
  static final class ListCommand implements Callable<Integer> {
    @Mixin private ConfigOption config = new ConfigOption();

    @Override
    public Integer call() throws SettingsException, IOException {
      try (Database database = config.database(config.settings())) {
        for (Account account :
            new Accounts(database.jdbi(), Clock.systemUTC(), new SecureRandom()).list()) {
          String region = account.viewer().regionCode();
          String school = account.viewer().schoolCode();
          System.out.printf(
              "%-20s %-14s %-12s %s%n",
              account.name(),
              account.viewer().role(),
              region == null ? (school == null ? "" : school) : region,
              account.enabled() ? "" : "disabled");
        }
      }
      return 0;
    }
  }
}
