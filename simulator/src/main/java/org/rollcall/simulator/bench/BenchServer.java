package org.rollcall.simulator.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.rollcall.simulator.server.Child;
import org.rollcall.simulator.server.ProcessFigures;
import org.rollcall.simulator.server.ServerFolder;
import org.rollcall.simulator.server.ServerFolder.Command;

/**
 * A real server in a folder of its own with a school for every agent of the load, and a login for
 * each. Removed with its folder when closed.
 */
final class BenchServer implements AutoCloseable {
  private static final String ROOT = "440307";
  private static final String FIRST_SCHOOL = "0900000001";
  private static final List<String> FLAGS =
      List.of("-Xms256m", "-Xmx1g", "-XX:+UseG1GC", "-XX:MaxDirectMemorySize=512m");

  private final ServerFolder folder;
  private final Child child;
  private final List<LoadConnection.Login> logins;

  private BenchServer(ServerFolder folder, Child child, List<LoadConnection.Login> logins) {
    this.folder = folder;
    this.child = child;
    this.logins = logins;
  }

  /** The same with the observations in the server's own folder. */
  static BenchServer start(int agents) throws IOException, InterruptedException {
    return start(agents, "{sync: false}");
  }

  /**
   * Registers that many schools and agents, and starts the server.
   *
   * @param store the server's setting of that name
   */
  static BenchServer start(int agents, String store) throws IOException, InterruptedException {
    Path temp = Files.createTempDirectory("rollcall-bench");
    try {
      ServerFolder folder =
          new ServerFolder(
              temp, ServerFolder.freePort(), ServerFolder.freePort(), ServerFolder.freePort());
      folder.write(store);
      writeRegister(temp, agents);
      List<String> printed =
          folder
              .commands(
                  List.of(
                      Command.of("import", "regions", temp.resolve("regions.csv").toString()),
                      Command.of("import", "schools", temp.resolve("schools.csv").toString()),
                      Command.of("agents", "add-foreign", "--region", ROOT)))
              .get(2);
      Child child = folder.startAndAwait(FLAGS);
      return new BenchServer(folder, child, logins(printed));
    } catch (IOException | InterruptedException | RuntimeException e) {
      delete(temp);
      throw e;
    }
  }

  private static void writeRegister(Path folder, int schools) throws IOException {
    Files.writeString(
        folder.resolve("regions.csv"),
        "code,name,name_en,level,parent\n" + ROOT + ",龙岗区,Longgang District,county,\n");
    StringBuilder rows =
        new StringBuilder(
            "code,name,name_en,region,stage,tier,ownership,setting,students,teachers,classes,lon,"
                + "lat,medium,isp,contract_mbps,edu_network\n");
    for (int i = 1; i <= schools; i++) {
      rows.append(
          "09%08d,负载测试第%d小学,Load School %d,%s,primary,A,public,urban,600,40,12,114.2,22.7,fibre,"
                  .formatted(i, i, i, ROOT)
              + "电信,100,true\n");
    }
    Files.writeString(folder.resolve("schools.csv"), rows);
  }

  /** Lines of school,user,password below a heading. */
  private static List<LoadConnection.Login> logins(List<String> printed) {
    List<LoadConnection.Login> logins = new ArrayList<>();
    for (String line : printed) {
      String[] cells = line.split(",", -1);
      if (cells.length == 3 && cells[1].startsWith("f-")) {
        logins.add(new LoadConnection.Login(cells[0], cells[1], cells[1], cells[2]));
      }
    }
    return logins;
  }

  List<LoadConnection.Login> logins() {
    return logins;
  }

  /** A fresh enrolment code for the first school. */
  String enrolmentCode() throws IOException, InterruptedException {
    return folder.command("agents", "code", "--school", FIRST_SCHOOL).stream()
        .flatMap(line -> Stream.of(line.split("[\\s,]+")))
        .filter(word -> word.startsWith("RC1-"))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("The server issued no enrolment code."));
  }

  InetSocketAddress target() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), folder.plainPort());
  }

  ProcessFigures figures() {
    return ProcessFigures.of(child.pid());
  }

  /** Bytes on the disk of everything the server keeps. */
  long bytesOnDisk() throws IOException, InterruptedException {
    return bytesOnDisk(folder.data());
  }

  /**
   * Bytes on the disk below a folder. Blocks in use, as du counts them, not file sizes: stores make
   * their files larger than what is in them.
   */
  static long bytesOnDisk(Path folder) throws IOException, InterruptedException {
    Process du =
        new ProcessBuilder("du", "-sk", folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String answer = new String(du.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    du.waitFor();
    return Long.parseLong(answer.split("\\s", 2)[0]) * 1_024;
  }

  int httpPort() {
    return folder.httpPort();
  }

  @Override
  public void close() {
    child.close();
    delete(folder.folder());
  }

  static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      System.err.println("Could not remove " + folder + ": " + e.getMessage());
    }
  }
}
