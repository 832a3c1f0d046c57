package org.rollcall.collector.ingest;

import org.jspecify.annotations.Nullable;
import org.rollcall.protocol.v1.Configuration;

/** Where the newest configuration of an agent is to be had. */
@FunctionalInterface
public interface ConfigurationSource {
  /**
   * The configuration this agent is to run, or null when it has none from here. Called on the
   * door's login threads; may read the database.
   */
  @Nullable Configuration current(String agent);
}
