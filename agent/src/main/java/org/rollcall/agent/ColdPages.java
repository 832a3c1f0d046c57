package org.rollcall.agent;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives back to Linux the memory that holds nothing but parts of files: the machine code of Java
 * and the part of the class archive that nobody writes. Most of it serves the start alone and would
 * stay with the process for years. What is needed again is mapped again from the file, which the
 * kernel keeps in its cache for as long as nobody else wants the memory.
 *
 * <p>Only mappings that cannot be written and hold no page that differs from its file are touched,
 * so nothing can be lost. Where there is no {@code /proc/self/smaps}, or this Java has no call for
 * it ({@code madvise} with {@code MADV_DONTNEED}), nothing is done. Runs on the agent's worker.
 */
final class ColdPages implements Runnable {
  /** The first looks are over by then. Project default. */
  static final Duration FIRST = Duration.ofSeconds(30);

  /** What rare work brought in goes after this time at most. Project default. */
  static final Duration EVERY = Duration.ofMinutes(10);

  private static final Logger LOG = LoggerFactory.getLogger(ColdPages.class);
  private static final Path SMAPS = Path.of("/proc/self/smaps");
  private static final String RESIDENT = "Rss:";
  private static final String CHANGED = "Anonymous:";
  private static final long LEAST_KIB = 64;
  private static final int HEX = 16;

  private final Path smaps;
  private final Release release;

  /** Hands the pages between two addresses back. */
  @FunctionalInterface
  interface Release {
    void pages(long from, long bytes) throws ReflectiveOperationException;
  }

  ColdPages(Path smaps, Release release) {
    this.smaps = smaps;
    this.release = release;
  }

  /** Begins to give back, if this system and this Java can. */
  static void start(ScheduledExecutorService worker) {
    Release release = ofThisJava();
    if (release != null && Files.isReadable(SMAPS)) {
      var unused =
          worker.scheduleWithFixedDelay(
              new ColdPages(SMAPS, release),
              FIRST.toSeconds(),
              EVERY.toSeconds(),
              TimeUnit.SECONDS);
    }
  }

  /**
   * The call behind {@code MappedByteBuffer}, on which the JDK's own memory segments unload; null
   * where it is missing or {@code java.nio} is not opened to us (agent.flags does).
   */
  static @Nullable Release ofThisJava() {
    try {
      Method unload =
          Class.forName("java.nio.MappedMemoryUtils")
              .getDeclaredMethod("unload", long.class, boolean.class, long.class);
      if (!unload.trySetAccessible()) {
        return null;
      }
      return (from, bytes) -> {
        Object unused = unload.invoke(null, from, false, bytes);
      };
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  @Override
  public void run() {
    try {
      giveBack();
    } catch (IOException | ReflectiveOperationException e) {
      LOG.atDebug().setCause(e).log("Memory could not be given back; it stays");
    }
  }

  /** Ends with the file, which has an entry for each mapping of this process. */
  void giveBack() throws IOException, ReflectiveOperationException {
    try (BufferedReader lines = Files.newBufferedReader(smaps, StandardCharsets.UTF_8)) {
      String mapping = "";
      long residentKib = 0;
      String line = lines.readLine();
      while (line != null) {
        if (line.startsWith(RESIDENT)) {
          residentKib = kib(line);
        } else if (line.startsWith(CHANGED)) {
          if (kib(line) == 0 && residentKib >= LEAST_KIB && isUnwritableFile(mapping)) {
            release(mapping);
          }
        } else if (isHead(line)) {
          mapping = line;
        }
        line = lines.readLine();
      }
    }
  }

  /** Entries begin with addresses in lower-case hexadecimal, their lines with a capital. */
  private static boolean isHead(String line) {
    return !line.isEmpty() && !Character.isUpperCase(line.charAt(0));
  }

  /** {@code from-to perms offset device inode path}; perms are {@code rwxp}. */
  private static boolean isUnwritableFile(String mapping) {
    int perms = mapping.indexOf(' ') + 1;
    return perms > 0
        && mapping.charAt(perms) == 'r'
        && mapping.charAt(perms + 1) == '-'
        && mapping.indexOf('/', perms) > 0;
  }

  private void release(String mapping) throws ReflectiveOperationException {
    int dash = mapping.indexOf('-');
    long from = Long.parseUnsignedLong(mapping, 0, dash, HEX);
    long to = Long.parseUnsignedLong(mapping, dash + 1, mapping.indexOf(' '), HEX);
    try {
      release.pages(from, to - from);
    } catch (InvocationTargetException e) {
      LOG.atDebug().setCause(e).addKeyValue("mapping", mapping).log("The kernel keeps a mapping");
    }
  }

  private static long kib(String line) {
    int end = line.lastIndexOf(' ');
    int begin = line.lastIndexOf(' ', end - 1) + 1;
    return Long.parseLong(line, begin, end, 10);
  }
}
