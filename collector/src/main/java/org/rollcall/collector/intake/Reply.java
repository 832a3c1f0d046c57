package org.rollcall.collector.intake;

/** The outcome of the report that was submitted with this token. */
public record Reply(int token, Outcome outcome) {}
