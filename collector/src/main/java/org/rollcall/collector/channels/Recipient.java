package org.rollcall.collector.channels;

import org.jspecify.annotations.Nullable;

/**
 * Somebody on duty.
 *
 * @param mail null where there is none
 * @param mobile 11 digits; null where there is none
 */
public record Recipient(String name, @Nullable String mail, @Nullable String mobile) {}
