package org.rollcall.collector.configuration;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One revision of what an agent is to run beyond its own file.
 *
 * @param revision grows with every change to any agent's
 * @param yaml empty: nothing beyond its own file
 * @param setBy who set it, for people
 * @param answered when the agent last said what it makes of it; null: it has not yet
 * @param problem why the agent cannot use it, so that what it ran before stays in force; null: it
 *     runs it since {@code answered}
 */
public record AgentConfiguration(
    String agent,
    long revision,
    String yaml,
    Instant setAt,
    String setBy,
    @Nullable Instant answered,
    @Nullable String problem) {}
