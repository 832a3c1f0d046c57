package org.rollcall.collector.registry.imports;

/** What a column said, and says from then on; empty for nothing. */
public record Difference(String before, String after) {}
