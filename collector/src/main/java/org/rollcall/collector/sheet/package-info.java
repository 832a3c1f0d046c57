/**
 * The roll-call sheet (点名册): who was there on which school day. Rolled-up school days, a calendar
 * and the register come in; rows of {@link org.rollcall.collector.sheet.Cell}s go out, each a mark,
 * its figures and its reasons. Pure: nothing is asked, kept or timed here. Any thread. What a mark
 * means: docs/judging.md, "The roll-call sheet".
 */
@NullMarked
package org.rollcall.collector.sheet;

import org.jspecify.annotations.NullMarked;
