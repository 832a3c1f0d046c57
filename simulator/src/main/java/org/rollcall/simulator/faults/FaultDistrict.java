package org.rollcall.simulator.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rollcall.agent.enrolment.AgentIdentity;
import org.rollcall.agent.enrolment.Enrolment;
import org.rollcall.agent.enrolment.EnrolmentException;
import org.rollcall.agent.enrolment.IdentityFolder;
import org.rollcall.agent.uplink.NetworkThreads;
import org.rollcall.protocol.AgentKey;
import org.rollcall.protocol.EnrolmentCode;
import org.rollcall.simulator.district.District;
import org.rollcall.simulator.district.RegisterFiles;
import org.rollcall.simulator.faults.RunningAgent.Member;
import org.rollcall.simulator.server.ServerFolder;
import org.rollcall.simulator.server.ServerFolder.Command;

/**
 * A district of three schools, each with an agent on a line of its own: one with room for
 * everything, one whose spool is capped at little, one whose spool has a disk of its own that is
 * small. Register and observations of the server lie on a disk of their own, too, or in stores
 * beside it.
 */
final class FaultDistrict implements AutoCloseable {
  private static final int SERVER_DISK_KIB = 1024 * 1024;
  private static final int AGENT_DISK_KIB = 2 * 1024;
  private static final List<Kind> KINDS =
      List.of(
          new Kind("roomy", 10, "256MiB", false),
          new Kind("capped", 40, "1MiB", true),
          new Kind("full", 40, "256MiB", true));

  private final List<AutoCloseable> opened = new ArrayList<>();
  private final List<RunningAgent> agents = new ArrayList<>();
  private final List<Part> parts = new ArrayList<>();
  private final RunningServer server;

  private record Kind(String name, int subjects, String spoolSize, boolean mayLose) {}

  private FaultDistrict(RunningServer server) {
    this.server = server;
  }

  /**
   * Makes the folder's contents, starts the server and enrols the agents, which do not run yet.
   *
   * @param folder exists and is empty
   * @param kinds where the server keeps what it is told
   * @param firstMonday when what the agents see begins
   */
  static FaultDistrict make(Path folder, StoreKinds kinds, LocalDate firstMonday, long seed)
      throws IOException, InterruptedException, EnrolmentException {
    ServerFolder place =
        new ServerFolder(
            folder, ServerFolder.freePort(), ServerFolder.freePort(), ServerFolder.freePort());
    FaultDistrict district = new FaultDistrict(new RunningServer(place));
    try {
      SmallDisk disk = district.open(SmallDisk.mount(place.data(), SERVER_DISK_KIB));
      Stores stores = district.open(Stores.start(place, kinds, firstMonday, seed));
      Map<String, String> codes = prepare(place, seed);
      district.open(district.server);
      district.server.start();
      district.enrol(codes, firstMonday, seed);
      boolean hasObservations = kinds.observations() == StoreKinds.Observations.QUESTDB;
      district.parts.add(new ServerPart(district.server, disk, district.agents, hasObservations));
      district.parts.add(new LinesPart(district.agents));
      district.parts.addAll(stores.parts(district.server, district.agents));
      return district;
    } catch (IOException | InterruptedException | EnrolmentException | RuntimeException e) {
      district.close();
      throw e;
    }
  }

  private <T extends AutoCloseable> T open(T part) {
    opened.add(0, part);
    return part;
  }

  /** Codes by school. */
  private static Map<String, String> prepare(ServerFolder place, long seed)
      throws IOException, InterruptedException {
    Path folder = place.folder();
    RegisterFiles.write(
        District.of(seed, KINDS.size()), List.of(), folder, LocalDate.of(2026, 3, 1));
    List<List<String>> answers =
        place.commands(
            List.of(
                Command.of("import", "regions", folder.resolve("regions.csv").toString()),
                Command.of("import", "schools", folder.resolve("schools.csv").toString()),
                Command.of("agents", "code", "--region", District.ROOT)));
    Map<String, String> codes = new LinkedHashMap<>();
    for (String line : answers.get(2)) {
      int comma = line.indexOf(",RC1-");
      if (comma > 0) {
        codes.put(line.substring(0, comma), line.substring(comma + 1));
      }
    }
    return codes;
  }

  private void enrol(Map<String, String> codes, LocalDate firstMonday, long seed)
      throws IOException, InterruptedException, EnrolmentException {
    try (NetworkThreads network = new NetworkThreads(1)) {
      network.start();
      Enrolment enrolment = new Enrolment(network, Clock.systemUTC(), true);
      int number = 0;
      for (String code : codes.values()) {
        Kind kind = KINDS.get(number++);
        AgentKey key = AgentKey.generate();
        AgentIdentity identity = enrolment.enrol(EnrolmentCode.parse(code), key);
        add(kind, identity, key, firstMonday, seed + number);
      }
    }
  }

  private void add(
      Kind kind, AgentIdentity identity, AgentKey key, LocalDate firstMonday, long seed)
      throws IOException, InterruptedException, EnrolmentException {
    FaultyLine line =
        new FaultyLine(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), identity.port()),
            ServerFolder.freePort(),
            seed);
    line.start();
    AgentIdentity behindLine =
        new AgentIdentity(
            identity.host(),
            line.port(),
            identity.serverKeySha256(),
            identity.agent(),
            identity.school(),
            identity.schoolName());
    Path folder = server.place().folder().resolve("agent-" + kind.name());
    java.nio.file.Files.createDirectories(folder);
    new IdentityFolder(folder).keep(behindLine, key);
    boolean ownDisk = kind.name().equals("full");
    SmallDisk disk =
        ownDisk
            ? open(
                SmallDisk.mount(folder.resolve(identity.agent()).resolve("spool"), AGENT_DISK_KIB))
            : null;
    RunningAgent agent =
        open(
            new RunningAgent(
                new Member(
                    kind.name(),
                    behindLine,
                    folder,
                    new Plan(firstMonday, kind.subjects()),
                    kind.spoolSize(),
                    kind.mayLose()),
                line));
    agents.add(agent);
    parts.add(new AgentPart(agent, disk, kind.mayLose()));
  }

  RunningServer server() {
    return server;
  }

  List<RunningAgent> agents() {
    return List.copyOf(agents);
  }

  List<Part> parts() {
    return List.copyOf(parts);
  }

  Part part(String name) {
    return parts.stream()
        .filter(part -> part.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No part is called " + name + "."));
  }

  /** Ends agents, then the server, then its stores, then gives the disks back. */
  @Override
  public void close() {
    for (AutoCloseable part : opened) {
      try {
        part.close();
      } catch (Exception e) {
        System.err.println("Not closed: " + e);
      }
    }
  }
}
