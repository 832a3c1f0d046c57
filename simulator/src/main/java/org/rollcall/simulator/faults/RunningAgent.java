package org.rollcall.simulator.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.enrolment.AgentIdentity;
import org.rollcall.simulator.faults.Journal.Entry;
import org.rollcall.simulator.server.Child;

/** An agent of a run: a process that is started again after a kill, on the same folder. */
final class RunningAgent implements AutoCloseable {
  private static final Duration TIME_TO_START = Duration.ofMinutes(2);

  private final Member member;
  private final FaultyLine line;
  private Orders orders = new Orders(0, false, false, 0);
  private @Nullable Child child;

  /** Steps up to this one are forgiven: a store that held them came back empty. */
  private long forgiven = -1;

  /**
   * Which agent it is.
   *
   * @param name for people: roomy, capped, full
   * @param folder its data folder
   * @param spoolSize what its settings let the spool take
   * @param mayLose whether its spool has so little room that some of it may be lost, with a gap
   */
  record Member(
      String name,
      AgentIdentity identity,
      Path folder,
      Plan plan,
      String spoolSize,
      boolean mayLose) {}

  RunningAgent(Member member, FaultyLine line) {
    this.member = member;
    this.line = line;
  }

  Member member() {
    return member;
  }

  FaultyLine line() {
    return line;
  }

  String school() {
    return member.identity().school();
  }

  void start() throws IOException, InterruptedException {
    AgentState.forget(member.folder());
    orders.write(member.folder());
    Child started =
        Child.start(
            "agent " + member.name(),
            List.of(
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dlogback.configurationFile=logback-server.xml"),
            JournalingAgentMain.class.getName(),
            List.of(
                member.folder().toString(),
                member.plan().firstMonday().toString(),
                String.valueOf(member.plan().subjects()),
                member.spoolSize()),
            member.folder().resolveSibling(member.name() + ".log"),
            line -> line.equals(JournalingAgentMain.RUNS));
    child = started;
    started.awaitReady(TIME_TO_START);
  }

  /** Throws it out, so that it has to log in again. */
  void reconnect() {
    line.mode(FaultyLine.Mode.CUT);
    line.mode(FaultyLine.Mode.PASS);
  }

  /** Lets it see or rest, with its clock that far ahead; it obeys within a moment. */
  void order(boolean sees, Duration ahead) throws IOException {
    orders = new Orders(orders.number() + 1, sees, false, ahead.toMillis());
    orders.write(member.folder());
  }

  void order(boolean sees) throws IOException {
    order(sees, Duration.ofMillis(orders.aheadMillis()));
  }

  AgentState state() throws IOException {
    return AgentState.read(member.folder());
  }

  boolean hasObeyed() throws IOException {
    return state().obeyed() == orders.number();
  }

  List<Entry> journal() {
    return Journal.read(member.folder());
  }

  void forgive() {
    List<Entry> journal = journal();
    forgiven = journal.isEmpty() ? -1 : journal.get(journal.size() - 1).step();
  }

  /** What its journal holds since it was last forgiven. */
  List<Entry> owed() {
    return journal().stream().filter(entry -> entry.step() > forgiven).toList();
  }

  long forgiven() {
    return forgiven;
  }

  Child child() {
    Child running = child;
    if (running == null) {
      throw new IllegalStateException("BUG: the agent was not started");
    }
    return running;
  }

  /** Reports the collector refused, as the agent's folder keeps them. */
  long refusedReports() throws IOException {
    Path refused = member.folder().resolve(member.identity().agent()).resolve("refused");
    if (!Files.exists(refused)) {
      return 0;
    }
    try (var files = Files.list(refused)) {
      return files.count();
    }
  }

  @Override
  public void close() {
    Child running = child;
    if (running != null) {
      running.close();
    }
    line.close();
  }
}
