package org.rollcall.collector.snapshot;

/**
 * A file that is kept whole and never changed.
 *
 * @param sha256 of its content, in hexadecimal
 * @param bytes how long its content is
 */
public record KeptFile(long id, String sha256, long bytes) {}
