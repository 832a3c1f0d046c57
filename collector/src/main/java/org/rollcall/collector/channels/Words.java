package org.rollcall.collector.channels;

/** The same in both languages; a channel picks its own. */
public record Words(String zh, String en) {}
