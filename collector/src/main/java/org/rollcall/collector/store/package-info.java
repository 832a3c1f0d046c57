/**
 * Keeps observations. Batches of reports come in from the intake's writer thread; ranges, whole
 * school days and newest states go out to the judge and the web. Implementations live in packages
 * of their own below this one.
 */
@NullMarked
package org.rollcall.collector.store;

import org.jspecify.annotations.NullMarked;
