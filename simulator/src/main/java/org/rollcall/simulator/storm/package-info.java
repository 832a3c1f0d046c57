/**
 * A district's agents come back all at once after a day without their server. In: how many, and how
 * often they saw something; out: how long it takes until every school is live on the map, and until
 * all of the day is stored. The agents' own spool and uplink, many in this process, on a few
 * threads; the server is a process of its own.
 */
@NullMarked
package org.rollcall.simulator.storm;

import org.jspecify.annotations.NullMarked;
