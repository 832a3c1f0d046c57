package org.rollcall.collector.accounts;

import java.time.Instant;

/**
 * A program's key to an account; may do what the account may.
 *
 * @param id the public part, which names it
 * @param purpose what its owner says it is for
 */
public record ApiToken(
    String id, String account, String purpose, Instant createdAt, Instant expiresAt) {}
