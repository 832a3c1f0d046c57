/**
 * The one way in for every transport: decodes and checks a report, batches it to the store, and
 * calls back when it is durable or refused. Bytes come in on the transport's threads; the single
 * writer thread here stores batches, tells the listeners and answers the lanes. The queue between
 * is bounded: when it fills, senders are paused; what still comes is refused as {@code queue-full}.
 */
@NullMarked
package org.rollcall.collector.intake;

import org.jspecify.annotations.NullMarked;
