package org.rollcall.collector.accounts;

import java.time.Instant;

/** An account as an administrator sees it. */
public record Account(String name, Viewer viewer, boolean enabled, Instant createdAt) {}
