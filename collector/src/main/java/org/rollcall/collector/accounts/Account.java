package org.rollcall.collector.accounts;

import java.time.Instant;

/**
 * An account as an administrator sees it.
 *
 * @param mustChange whether it can do nothing but choose another password
 */
public record Account(
    String name, Viewer viewer, boolean enabled, boolean mustChange, Instant createdAt) {}
