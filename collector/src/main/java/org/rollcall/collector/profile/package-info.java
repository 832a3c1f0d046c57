/**
 * The targets of the policy as data: what {@code config/targets/*.yaml} asks of schools and
 * counties, where the policy says it, and which numbers are the project's own. In: YAML files, each
 * standing on another or on itself. Out: {@link org.rollcall.collector.profile.Profile}, whole,
 * checked and immutable; {@link org.rollcall.collector.profile.Profiles}, those of a folder; {@link
 * org.rollcall.collector.profile.ProfileShelf}, those in force, whatever happens to the files; any
 * thread.
 */
@NullMarked
package org.rollcall.collector.profile;

import org.jspecify.annotations.NullMarked;
