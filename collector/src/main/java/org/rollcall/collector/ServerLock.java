package org.rollcall.collector;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A data folder is used by one server at a time, and by none while its register is moved. Goes with
 * the process that holds it, however that ends.
 */
public final class ServerLock implements AutoCloseable {
  private static final String FILE = "server.lock";

  private final FileChannel channel;

  private ServerLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @throws IOException with a sentence if somebody else has it, or the folder cannot be used
   */
  public static ServerLock take(Path data) throws IOException {
    Files.createDirectories(data);
    FileChannel channel =
        FileChannel.open(data.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (lock(channel) == null) {
      channel.close();
      throw new IOException(
          "The data folder " + data + " is in use by a running server: stop that one first.");
    }
    return new ServerLock(channel);
  }

  /**
   * Whether somebody has it.
   *
   * @throws IOException if that cannot be found out
   */
  public static boolean isHeld(Path data) throws IOException {
    Path file = data.resolve(FILE);
    if (!Files.exists(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return lock(channel) == null; // a lock that was free goes with the channel
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // this very process has it
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
