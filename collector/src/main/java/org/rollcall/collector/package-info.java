/**
 * The collector as a whole: settings come in, the wired and running parts go out. What data meet,
 * in order: {@code ingest}, {@code intake}, {@code store}, then {@code pulse}, {@code day} and
 * {@code judge}; beside them {@code registry}, {@code identity} and {@code accounts}.
 */
@NullMarked
package org.rollcall.collector;

import org.jspecify.annotations.NullMarked;
