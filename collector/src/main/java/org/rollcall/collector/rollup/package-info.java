/**
 * What many schools come to: the one place where verdicts of schools become figures of townships,
 * counties, cities and provinces, and where resources become the coefficient of variation between
 * schools. A register, a profile and verdicts come in; counts, rates and conclusions go out. Pure
 * calculations on whatever thread calls them. Where a share decides, whole numbers are compared and
 * no rounded figure; no result depends on the order in which schools are given.
 */
@NullMarked
package org.rollcall.collector.rollup;

import org.jspecify.annotations.NullMarked;
