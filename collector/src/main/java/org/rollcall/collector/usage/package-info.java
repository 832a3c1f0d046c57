/**
 * For how long the classes' machines were switched on: a statistic of use, nothing that is judged.
 * School days and what a school has come in; {@link org.rollcall.collector.usage.ClassDay}s go out.
 * Beside it the ways to partner schools, {@link org.rollcall.collector.usage.PartnerLine}. Any
 * thread; nothing is asked or kept.
 */
@NullMarked
package org.rollcall.collector.usage;

import org.jspecify.annotations.NullMarked;
