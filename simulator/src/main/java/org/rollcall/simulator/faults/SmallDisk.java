package org.rollcall.simulator.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A disk of its own for one folder: a tmpfs, which root may mount. It can be filled to the last
 * byte, and emptied of what filled it. Unmounted when closed, and when this process ends without
 * that; only kill -9 leaves it, to be seen in {@code mount} as rollcall-faults.
 */
final class SmallDisk implements AutoCloseable {
  private static final String FILLER = "filler";
  private static final int BLOCK = 64 * 1024;
  private static final long SECONDS = 20;

  private final Path folder;
  private final Thread atTheEnd = new Thread(this::unmountAtTheEnd, "unmount");

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /**
   * Mounts it over a folder, which is made if it is not there.
   *
   * @throws IOException saying so, if this user may not mount
   */
  static SmallDisk mount(Path folder, int kib) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    run("mount", "-t", "tmpfs", "-o", "size=" + kib + "k", "rollcall-faults", folder.toString());
    SmallDisk disk = new SmallDisk(folder);
    Runtime.getRuntime().addShutdownHook(disk.atTheEnd);
    return disk;
  }

  private void unmountAtTheEnd() {
    try {
      unmount();
    } catch (IOException e) {
      System.err.println(e.getMessage());
    }
  }

  /** Takes all that is left, to the last byte. */
  void fill() throws IOException {
    byte[] block = new byte[BLOCK];
    for (int size = BLOCK; size > 0; size /= 2) {
      fillBy(block, size);
    }
  }

  private void fillBy(byte[] block, int size) {
    try (OutputStream out =
        Files.newOutputStream(
            folder.resolve(FILLER),
            java.nio.file.StandardOpenOption.CREATE,
            java.nio.file.StandardOpenOption.APPEND)) {
      while (true) {
        out.write(block, 0, size);
      }
    } catch (IOException full) {
      // That is the aim.
    }
  }

  void free() throws IOException {
    Files.deleteIfExists(folder.resolve(FILLER));
  }

  @Override
  public void close() throws IOException {
    Runtime.getRuntime().removeShutdownHook(atTheEnd);
    unmount();
  }

  private void unmount() throws IOException {
    try {
      run("umount", "-l", folder.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException(
          String.join(" ", command) + " failed (root may mount, others may not): " + said.strip());
    }
  }
}
