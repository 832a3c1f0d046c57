package org.rollcall.protocol.paced;

/**
 * What a server did since it started.
 *
 * @param datagramsIn received, of any kind: hellos + measuring and answering ones + strange
 * @param hellos of which without a valid cookie: they got one and nothing else
 * @param strange no datagrams of ours, or of no test that is under way
 * @param begun tests
 * @param ended tests that are over; begun less ended are under way
 * @param refused hellos from a proven address whose token was not good
 * @param bytesOut of UDP payload
 */
public record PacedCounts(
    long datagramsIn,
    long hellos,
    long strange,
    long begun,
    long ended,
    long refused,
    long bytesOut) {}
