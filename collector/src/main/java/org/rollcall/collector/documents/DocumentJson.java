package org.rollcall.collector.documents;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A document's content as JSON: always the same bytes for the same document. */
final class DocumentJson {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private DocumentJson() {}

  static void write(Document document, OutputStream out) throws IOException {
    JSON.writeValue(out, document);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if it is damaged or of a newer form
   */
  static Document read(InputStream in) throws IOException {
    Document document = JSON.readValue(in, Document.class);
    if (document.format() > Document.FORMAT) {
      throw new IOException("The document is of a newer version of Rollcall than this one.");
    }
    return document;
  }
}
