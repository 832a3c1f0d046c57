package org.rollcall.agent.discovery;

/**
 * What discovery has done: {@code started = ended + cancelled + failed + underWay}.
 *
 * @param started sweeps begun
 * @param ended sweeps whose findings were told
 * @param cancelled sweeps that the agent's end interrupted
 * @param failed sweeps that ended in a bug
 * @param underWay 0 or 1
 * @param refused sweeps not begun: one was under way, or the networks asked for are not configured
 * @param sightings devices told of, altogether
 */
public record DiscoveryFigures(
    long started,
    long ended,
    long cancelled,
    long failed,
    int underWay,
    long refused,
    long sightings) {}
