/**
 * The school's self-check sheet (学校信息化自查表): its fourteen items, and what a school writes beside
 * them in a round, and the sheet's way from the school by township and county into the files. In:
 * notes of accounts, declared values, steps. Out: the sheet of a round with its history. What is
 * measured is none of this package: the judge says it. Everything runs on whoever asks.
 */
@NullMarked
package org.rollcall.collector.selfcheck;

import org.jspecify.annotations.NullMarked;
