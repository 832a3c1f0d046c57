/**
 * What is printed: a Chinese font of this machine, and what the documents made with it share. In:
 * texts. Out: PDF. Everything runs on whoever asks.
 */
@NullMarked
package org.rollcall.collector.paper;

import org.jspecify.annotations.NullMarked;
