package org.rollcall.collector.configuration;

import java.time.Instant;

/**
 * One revision of what an agent is to run beyond its own file.
 *
 * @param revision grows with every change to any agent's
 * @param yaml empty: nothing beyond its own file
 * @param setBy who set it, for people
 */
public record AgentConfiguration(
    String agent, long revision, String yaml, Instant setAt, String setBy) {}
