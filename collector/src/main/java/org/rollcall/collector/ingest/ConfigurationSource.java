package org.rollcall.collector.ingest;

import org.jspecify.annotations.Nullable;
import org.rollcall.protocol.v1.Configuration;

/** Where the newest configuration of an agent is to be had, and who hears what it said of it. */
@FunctionalInterface
public interface ConfigurationSource {
  /**
   * The configuration this agent is to run, or null when it has none from here. Called on the
   * door's login threads; may read the database.
   */
  @Nullable Configuration current(String agent);

  /**
   * An agent answered. On the same threads.
   *
   * @param problem why it cannot use this revision; null: it runs it
   */
  default void answered(String agent, long revision, @Nullable String problem) {}
}
