package org.rollcall.collector.snapshot;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A snapshot's body as JSON: always the same bytes for the same body. */
public final class SnapshotJson {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private SnapshotJson() {}

  /** Writes it, in the order of the records' components. */
  public static void write(SnapshotBody body, OutputStream out) throws IOException {
    JSON.writeValue(out, body);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if it is damaged or of a newer form
   */
  public static SnapshotBody read(InputStream in) throws IOException {
    SnapshotBody body = JSON.readValue(in, SnapshotBody.class);
    if (body.format() > SnapshotBody.FORMAT) {
      throw new IOException("The snapshot is of a newer version of Rollcall than this one.");
    }
    return body;
  }
}
