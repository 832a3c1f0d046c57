package org.rollcall.agent.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.rollcall.protocol.Limits;
import org.rollcall.protocol.v1.Configuration;

/**
 * The last good configuration that was pushed, in {@code pushed.yaml}: one line that says what it
 * is, with its revision and the SHA-256 of the rest, and then the YAML as it came. Written beside
 * and moved into place, so that it is the old one or the new one. Not thread-safe.
 */
public final class PushedFile {
  private static final String NAME = "pushed.yaml";
  private static final String HEAD = "# Pushed by the collector; not to be edited. 由服务端下发，请勿修改。 ";

  private final Path file;

  /**
   * @param folder the agent's own; must exist
   */
  public PushedFile(Path folder) {
    this.file = folder.resolve(NAME);
  }

  public Path path() {
    return file;
  }

  /**
   * Keeps a configuration; it is on the disk when this returns.
   *
   * @throws IOException when the disk does not take it; the old one is still there then
   */
  public void keep(Configuration configuration) throws IOException {
    String text =
        HEAD
            + "revision "
            + configuration.getRevision()
            + " sha256 "
            + sha256(configuration.getYaml())
            + "\n"
            + configuration.getYaml();
    Path part = file.resolveSibling(NAME + ".part");
    try (FileChannel channel =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * The configuration kept, or null when there is none.
   *
   * @throws IOException with a sentence when there is one that is not as it was written
   */
  public @Nullable Configuration read() throws IOException {
    if (!Files.exists(file)) {
      return null;
    }
    if (Files.size(file) > Limits.MAX_CONFIGURATION_BYTES + Limits.CONTROL_OVERHEAD_BYTES) {
      throw new IOException(file + " is longer than any that was kept");
    }
    String text = Files.readString(file);
    int end = text.indexOf('\n');
    if (end < 0 || !text.startsWith(HEAD)) {
      throw new IOException(file + " does not begin as it was written");
    }
    String[] words = text.substring(HEAD.length(), end).split(" ", -1);
    String yaml = text.substring(end + 1);
    if (words.length != 4 || !words[1].matches("\\d{1,18}") || !words[3].equals(sha256(yaml))) {
      throw new IOException(file + " was changed after it was written");
    }
    return Configuration.newBuilder().setRevision(Long.parseLong(words[1])).setYaml(yaml).build();
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("BUG: every JDK has SHA-256", e);
    }
  }
}
