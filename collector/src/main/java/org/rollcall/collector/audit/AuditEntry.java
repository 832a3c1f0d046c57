package org.rollcall.collector.audit;

import java.time.Instant;

/**
 * One thing somebody did.
 *
 * @param id grows with every entry
 * @param account the account's name; empty when nobody was signed in
 * @param source the address it came from; {@code console:} and a user for a command
 * @param action what was done, such as {@code account.add}
 * @param subject to what, such as an account's name
 * @param detail a JSON object; never a secret
 */
public record AuditEntry(
    long id,
    Instant at,
    String account,
    String source,
    String action,
    String subject,
    String detail) {}
