package org.rollcall.agent.uplink;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an uplink has done since it started: sent = acknowledged + refused + put off + in flight or
 * lost with a connection.
 *
 * @param connectedSince by this machine's clock; null while it is not connected
 * @param lastClosure why the last connection ended or did not come to be; empty while connected
 * @param refused reports the collector will never take; they are kept in the refused folder
 * @param putOff reports the collector asked to have again later
 * @param connects connections the collector accepted
 */
public record UplinkFigures(
    boolean connected,
    @Nullable Instant connectedSince,
    String lastClosure,
    long sent,
    long acknowledged,
    long refused,
    long putOff,
    long connects) {}
