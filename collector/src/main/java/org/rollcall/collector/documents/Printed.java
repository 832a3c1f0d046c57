package org.rollcall.collector.documents;

/**
 * A PDF.
 *
 * @param content not to be changed
 */
public record Printed(byte[] content, int pages) {}
