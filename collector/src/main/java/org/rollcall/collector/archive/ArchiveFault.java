package org.rollcall.collector.archive;

import java.io.IOException;

/** A backup that cannot be made or used; the message says what is wrong with which file. */
public final class ArchiveFault extends IOException {
  private static final long serialVersionUID = 1L;

  ArchiveFault(String message) {
    super(message);
  }

  ArchiveFault(String message, Throwable cause) {
    super(message, cause);
  }
}
