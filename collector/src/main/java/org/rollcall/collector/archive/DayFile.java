package org.rollcall.collector.archive;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.store.ObservationStore;
import org.rollcall.protocol.v1.Observation;

/**
 * One day's observations of all schools in a gzip file: for each row its school (Java's modified
 * UTF-8) and the {@code Observation}, in bytes with the length before them; an empty school ends
 * the file, followed by the number of rows.
 */
final class DayFile {
  private DayFile() {}

  /** Writes a day (UTC) of a store and answers what was written. */
  static RowDigest write(Path file, ObservationStore store, LocalDate day) throws IOException {
    RowDigest digest = new RowDigest();
    try (OutputStream raw =
            new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW));
        DataOutputStream out = new DataOutputStream(new GZIPOutputStream(raw, 1 << 16))) {
      for (String school : store.schools(day)) {
        write(out, store, school, day, digest);
      }
      out.writeUTF("");
      out.writeLong(digest.count());
    }
    return digest;
  }

  private static void write(
      DataOutputStream out, ObservationStore store, String school, LocalDate day, RowDigest digest)
      throws IOException {
    Failure failure = new Failure();
    StoreMove.visit(
        store,
        school,
        day,
        (at, row) -> {
          if (failure.first == null) {
            try {
              byte[] bytes = row.toByteArray();
              out.writeUTF(at);
              out.writeInt(bytes.length);
              out.write(bytes);
              digest.add(at, row);
            } catch (IOException e) {
              failure.first = e;
            }
          }
        });
    if (failure.first != null) {
      throw failure.first;
    }
  }

  /** Reads a file whose digest has been checked; whatever is wrong with it still, is said. */
  static void read(Path file, ObservationStore.Visitor visitor) throws IOException {
    try (InputStream raw = Files.newInputStream(file);
        DataInputStream in = new DataInputStream(new GZIPInputStream(raw, 1 << 16))) {
      long rows = 0;
      String school = in.readUTF();
      while (!school.isEmpty()) {
        byte[] bytes = in.readNBytes(in.readInt());
        visitor.row(school, Observation.parseFrom(bytes));
        rows++;
        school = in.readUTF();
      }
      if (in.readLong() != rows) {
        throw new ArchiveFault(file + " does not hold as many rows as it says.");
      }
    }
  }

  private static final class Failure {
    private @Nullable IOException first;
  }
}
