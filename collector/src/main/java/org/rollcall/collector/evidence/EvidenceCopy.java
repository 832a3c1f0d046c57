package org.rollcall.collector.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;

/** Copies the log's folder while the server writes it. */
public final class EvidenceCopy {
  private EvidenceCopy() {}

  /**
   * Copies the key and all that was kept before the beginning. A day that is closed meanwhile is
   * there as a journal, closed, or both, and each of these is whole.
   *
   * @param data the data folder with the log
   * @param into gets a key file and a folder like those of the data folder
   */
  public static void copy(Path data, Path into) throws IOException {
    if (Files.exists(EvidenceKey.file(data))) {
      Files.copy(EvidenceKey.file(data), EvidenceKey.file(into));
    }
    DayFiles from = new DayFiles(EvidenceFiles.folder(data));
    DayFiles to = new DayFiles(Files.createDirectories(EvidenceFiles.folder(into)));
    for (LocalDate day : from.journals()) {
      copyIfThere(from.journal(day), to.journal(day));
    }
    for (LocalDate day : from.closed()) {
      copyIfThere(from.records(day), to.records(day));
      copyIfThere(from.index(day), to.index(day));
      copyIfThere(from.signature(day), to.signature(day));
      copyIfThere(from.head(day), to.head(day));
    }
  }

  private static void copyIfThere(Path file, Path target) throws IOException {
    try {
      Files.copy(file, target);
    } catch (NoSuchFileException e) {
      Files.deleteIfExists(target);
    }
  }
}
