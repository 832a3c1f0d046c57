package org.rollcall.agent.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Room on the disk that is kept for the spool's state alone, so that what a full disk loses can be
 * written down before the process dies. Not thread-safe.
 */
final class Reserve {
  static final String FILE = "reserve";

  /** Sixteen times what the state usually takes; a project default. */
  static final int BYTES = 64 * 1024;

  private final Path file;
  private boolean whole;

  Reserve(Path folder) {
    this.file = folder.resolve(FILE);
  }

  /** Gives the room back to the disk, for the state to be written. */
  void give() throws IOException {
    whole = false;
    Files.deleteIfExists(file);
  }

  /** Takes the room, or as much of it as there is; a full disk is no fault. */
  void take() {
    if (whole) {
      return;
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      ByteBuffer block = ByteBuffer.allocate(4 * 1024);
      for (long at = channel.size(); at < BYTES; at += block.capacity()) {
        channel.write(block.clear(), at);
      }
      whole = true;
    } catch (IOException e) {
      // What was taken stays; the rest is tried again when the state is written next.
      whole = false;
    }
  }
}
