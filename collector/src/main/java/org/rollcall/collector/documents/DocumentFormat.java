package org.rollcall.collector.documents;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a document can be had as. */
public enum DocumentFormat {
  PDF("application/pdf"),
  XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
  CSV("text/csv; charset=utf-8"),
  JSON("application/json");

  private final String mediaType;

  DocumentFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  /** The format with this ending, or null. */
  public static @Nullable DocumentFormat of(String suffix) {
    for (DocumentFormat format : values()) {
      if (format.suffix().equals(suffix)) {
        return format;
      }
    }
    return null;
  }

  public String mediaType() {
    return mediaType;
  }

  /** The end of a file's name, without the dot. */
  public String suffix() {
    return name().toLowerCase(Locale.ROOT);
  }
}
