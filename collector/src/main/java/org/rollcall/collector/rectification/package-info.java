/**
 * Rectification (整改): from a failed rule to a task, from a task to a re-test. In: what accounts
 * plan and say, the judge's marks. Out: tasks with their steps. The judge alone closes a task;
 * nobody can by hand. Everything runs on whoever asks.
 */
@NullMarked
package org.rollcall.collector.rectification;

import org.jspecify.annotations.NullMarked;
