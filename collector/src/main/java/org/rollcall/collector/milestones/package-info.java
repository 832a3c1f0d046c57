/**
 * Dates that come whether anybody looks or not: yearly dates, phases, clocks since a designation,
 * and the steps of a profile's plan. In: {@code config/milestones.yaml}, declared dates, the plan
 * and the verdicts of now. Out: for each region what is due when, and whether it is done.
 */
@NullMarked
package org.rollcall.collector.milestones;

import org.jspecify.annotations.NullMarked;
