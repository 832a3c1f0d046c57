/**
 * Who may report, and by what the collector itself is known: enrolment codes, agents, foreign
 * agents, and the TLS key of the server. Codes, keys and passwords come in; a granted or refused
 * login goes out. Any thread; every call may read the database or the disk, so never on an event
 * loop.
 */
@NullMarked
package org.rollcall.collector.identity;

import org.jspecify.annotations.NullMarked;
