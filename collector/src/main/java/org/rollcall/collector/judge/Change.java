package org.rollcall.collector.judge;

import org.jspecify.annotations.Nullable;

/**
 * A verdict that says something else than before: another outcome, other evidence, disputed or no
 * longer. A value that moves without any of these is no change.
 *
 * @param before its mark on the same date, judged earlier, or else on the date before; null for the
 *     first verdict of a rule
 */
public record Change(Verdict verdict, @Nullable Mark before) {}
