/**
 * What every school shows now. Stored batches come in on the intake's writer thread; newest states
 * go out to any thread, and at most once a second the set of schools that changed goes out on the
 * pulse's own thread.
 */
@NullMarked
package org.rollcall.collector.pulse;

import org.jspecify.annotations.NullMarked;
