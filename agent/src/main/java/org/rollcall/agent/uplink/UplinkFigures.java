package org.rollcall.agent.uplink;

/**
 * What an uplink has done since it started: sent = acknowledged + refused + put off + in flight or
 * lost with a connection.
 *
 * @param refused reports the collector will never take; they are kept in the refused folder
 * @param putOff reports the collector asked to have again later
 * @param connects connections the collector accepted
 */
public record UplinkFigures(
    boolean connected, long sent, long acknowledged, long refused, long putOff, long connects) {}
