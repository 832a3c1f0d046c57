package org.rollcall.simulator.demo;

import java.util.ArrayList;
import java.util.List;
import org.rollcall.simulator.district.District;
import org.rollcall.simulator.district.SchoolPlan;
import org.rollcall.simulator.server.ServerFolder;

/**
 * An account that anyone who can see the demo's output may use.
 *
 * @param role as the server's command line names it
 * @param scope option and code of what it may see; empty: everything
 */
record DemoAccount(String name, String role, List<String> scope) {
  /** The same for all: a demo listens on the loopback and its data are made up. */
  private static final String PASSWORD = "rollcall-demo-only";

  DemoAccount {
    scope = List.copyOf(scope);
  }

  /** One of each role. */
  static List<DemoAccount> all(District district) {
    SchoolPlan school = district.schools().get(0);
    return List.of(
        new DemoAccount("admin", "ADMINISTRATOR", List.of()),
        new DemoAccount("bureau", "BUREAU", List.of("--region", District.ROOT)),
        new DemoAccount("technician", "TECHNICIAN", List.of("--region", District.ROOT)),
        new DemoAccount("school", "SCHOOL", List.of("--school", school.code())));
  }

  /** What makes it. */
  ServerFolder.Command command() {
    List<String> arguments = new ArrayList<>(List.of("accounts", "add", "--name", name));
    arguments.addAll(List.of("--role", role));
    arguments.addAll(scope);
    return new ServerFolder.Command(arguments, PASSWORD);
  }

  /** One line for a person. */
  String line() {
    return "Account: %-10s password: %s  (%s)"
        .formatted(
            name,
            PASSWORD,
            String.join(" ", role.toLowerCase(java.util.Locale.ROOT), String.join(" ", scope))
                .strip());
  }
}
