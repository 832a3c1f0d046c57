package org.rollcall.collector.archive;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a backup consists of: {@code manifest.txt}, one line a file with its SHA-256 and length, and
 * last the SHA-256 of the lines before. It is written when all else is on the disk: a folder
 * without it is no backup.
 *
 * @param rows observations in all
 * @param digest of all observations: 64 hexadecimal digits
 * @param files by path in the backup, with forward slashes
 */
record Manifest(Instant time, long rows, String digest, NavigableMap<String, Entry> files) {
  static final String FILE = "manifest.txt";
  private static final String FORMAT = "rollcall-backup 1";

  /**
   * @param sha256 64 hexadecimal digits
   * @param length bytes
   */
  record Entry(String sha256, long length) {}

  void write(Path folder) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append(FORMAT).append('\n');
    text.append("time ").append(time).append('\n');
    text.append("observations ").append(rows).append(' ').append(digest).append('\n');
    files.forEach(
        (path, entry) ->
            text.append("file ")
                .append(entry.sha256)
                .append(' ')
                .append(entry.length)
                .append(' ')
                .append(path)
                .append('\n'));
    String end = sha256(text.toString());
    text.append("end ").append(end).append('\n');
    Path temporary = folder.resolve(FILE + ".new");
    Files.writeString(temporary, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
    sync(temporary);
    Files.move(temporary, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    sync(folder);
  }

  /** Waits until a file or folder is on the disk. */
  static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /**
   * @throws ArchiveFault if the folder is no whole backup of a format this program knows
   */
  static Manifest read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      throw new ArchiveFault(
          folder + " is no backup, or one that was cut short: it has no " + FILE + ".");
    }
    byte[] bytes = Files.readAllBytes(file);
    // Any byte becomes a character and back, so that damage is found by the digest below.
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (!text.startsWith(FORMAT + "\n")) {
      throw new ArchiveFault(
          file + " is of a format that this version does not know; it knows '" + FORMAT + "'.");
    }
    int end = text.lastIndexOf("end ");
    if (end < 0 || !text.substring(end).equals("end " + sha256(text.substring(0, end)) + "\n")) {
      throw new ArchiveFault(file + " is damaged: its own digest is not that of its lines.");
    }
    try {
      return parse(text.substring(0, end).lines().toList(), file);
    } catch (DateTimeException | NumberFormatException | IndexOutOfBoundsException e) {
      throw new ArchiveFault(file + " has a line that cannot be read.", e);
    }
  }

  private static Manifest parse(List<String> lines, Path file) throws ArchiveFault {
    Instant time = Instant.parse(after("time ", lines.get(1), file));
    String[] rows = after("observations ", lines.get(2), file).split(" ", 2);
    NavigableMap<String, Entry> files = new TreeMap<>();
    String before = null;
    for (String line : lines.subList(3, lines.size())) {
      String[] words = after("file ", line, file).split(" ", 3);
      String path = words[2];
      if (!inOrder(before, path) || !staysInside(path)) {
        throw new ArchiveFault(file + " names '" + path + "' out of order or outside the backup.");
      }
      files.put(path, new Entry(words[0], Long.parseLong(words[1])));
      before = path;
    }
    return new Manifest(time, Long.parseLong(rows[0]), rows[1], files);
  }

  private static boolean inOrder(@Nullable String before, String path) {
    return before == null || before.compareTo(path) < 0;
  }

  private static boolean staysInside(String path) {
    Path named = Path.of(path);
    return !named.isAbsolute() && named.normalize().equals(named) && !named.startsWith("..");
  }

  private static String after(String begin, String line, Path file) throws ArchiveFault {
    if (!line.startsWith(begin)) {
      throw new ArchiveFault(file + " has a line where '" + begin.strip() + "' should stand.");
    }
    return line.substring(begin.length());
  }

  private static String sha256(String text) {
    return HexFormat.of()
        .formatHex(RowDigest.sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }
}
