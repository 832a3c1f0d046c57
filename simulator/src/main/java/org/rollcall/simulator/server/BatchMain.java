package org.rollcall.simulator.server;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs several of the server's commands one after the other in one process, which is much quicker
 * than a process each. Reads a command a line, its arguments parted by tabs; a last field that
 * begins with {@value #INPUT} is the command's standard input. After each it prints {@value #END}
 * and the exit code, and ends at the first that fails.
 */
public final class BatchMain {
  static final String INPUT = "\u0001";
  static final String END = "\u0004";
  private static final String COMMANDS = "org.rollcall.web.command.Commands";

  private BatchMain() {}

  public static void main(String[] unused) throws IOException, ReflectiveOperationException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    var run = Class.forName(COMMANDS).getMethod("run", String[].class);
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      List<String> arguments = new ArrayList<>(List.of(line.split("\t", -1)));
      String last = arguments.get(arguments.size() - 1);
      String input = "";
      if (last.startsWith(INPUT)) {
        input = last.substring(1) + "\n";
        arguments.remove(arguments.size() - 1);
      }
      System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
      Object code = run.invoke(null, (Object) arguments.toArray(new String[0]));
      System.out.println(END + code);
      System.out.flush();
      if (!Integer.valueOf(0).equals(code)) {
        System.exit(1);
      }
    }
    System.exit(0);
  }
}
