/**
 * The targets of the policy as data: what {@code config/targets/*.yaml} asks of schools and
 * counties, where the policy says it, and which numbers are the project's own. In: YAML files. Out:
 * {@link org.rollcall.collector.profile.Profile}, checked and immutable; any thread.
 */
@NullMarked
package org.rollcall.collector.profile;

import org.jspecify.annotations.NullMarked;
