package org.rollcall.simulator.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An agent as a school has it: started by {@code ./rollcall agent}, with the flags and the runtime
 * that the launcher chooses, from a settings file in a folder of its own. Closing ends it and
 * waits.
 */
public final class AgentProcess implements AutoCloseable {
  private static final String RUNNING = "Agent is running";
  private static final long SECONDS_TO_START = 600;
  private static final long SECONDS_TO_END = 20;

  private final Process process;

  private AgentProcess(Process process) {
    this.process = process;
  }

  /** Redeems a code with {@code ./rollcall agent enrol}; its words go to the log. */
  public static void enrol(String code, Path settings, Path log)
      throws IOException, InterruptedException {
    Process enrol = launch(log, "agent", "enrol", code, "--config", settings.toString());
    if (!enrol.waitFor(SECONDS_TO_START, TimeUnit.SECONDS)) {
      enrol.destroyForcibly().waitFor();
    }
    if (enrol.exitValue() != 0) {
      throw new IllegalStateException("The agent was not enrolled: " + Files.readString(log));
    }
  }

  /** Starts it and waits until its log says that it runs. */
  public static AgentProcess start(Path settings, Path log)
      throws IOException, InterruptedException {
    AgentProcess agent = new AgentProcess(launch(log, "agent", "--config", settings.toString()));
    long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_START);
    while (!Files.readString(log).contains(RUNNING)) {
      if (agent.process.waitFor(200, TimeUnit.MILLISECONDS) || System.nanoTime() > giveUp) {
        agent.close();
        throw new IllegalStateException("The agent does not run: " + Files.readString(log));
      }
    }
    return agent;
  }

  private static Process launch(Path log, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Launch.root().resolve("rollcall").toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    // Whoever runs this is built, and the agent with it.
    builder.environment().put("ROLLCALL_BUILT", "yes");
    return builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** The launcher becomes the agent, so that this is the agent's own number. */
  public long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
