/**
 * Where reports wait until the collector says it has them. In: numbered, encoded reports from the
 * reporter; out: the same bytes in order to the uplink, and a record of whatever was lost. Files in
 * one folder that one agent owns; callers on any thread, one at a time inside. Disk work happens on
 * the calling thread, so never call it from an event loop.
 */
@NullMarked
package org.rollcall.agent.spool;

import org.jspecify.annotations.NullMarked;
