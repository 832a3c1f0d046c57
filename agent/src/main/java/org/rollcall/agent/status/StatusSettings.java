package org.rollcall.agent.status;

import org.rollcall.config.Default;
import org.rollcall.config.Range;

/**
 * The status page. It is bound to 127.0.0.1, and that cannot be changed.
 *
 * @param port where it answers; 0 takes any free one, which then stands in the log
 */
public record StatusSettings(
    @Default("true") boolean enabled, @Default("8884") @Range(min = "0", max = "65535") int port) {}
