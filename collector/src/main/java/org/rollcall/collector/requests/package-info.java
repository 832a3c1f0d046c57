/**
 * What schools ask of those who watch them: that a rule is checked again (申请复核), or that a verdict
 * is wrong (异议). In: accounts' requests, their evidence, the answers. Out: who asked what, how the
 * verdict stood then, and what became of it. Nothing here changes a verdict. Everything runs on
 * whoever asks.
 */
@NullMarked
package org.rollcall.collector.requests;

import org.jspecify.annotations.NullMarked;
