package org.rollcall.collector.linetest;

/**
 * What became of slots since the start.
 *
 * @param sent an agent was told
 * @param lost no agent could be told, or no room was found, in the hours it was drawn for
 * @param running given out and not over
 */
public record LineTestCounts(long sent, long lost, int running) {}
