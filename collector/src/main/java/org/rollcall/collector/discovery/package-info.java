/**
 * Devices that agents found on campus networks and nobody has registered: a queue from which a
 * technician approves or ignores.
 *
 * <p>In: sightings in stored reports ({@link org.rollcall.collector.discovery.Sightings}). Out: the
 * queue ({@link org.rollcall.collector.discovery.DiscoveryQueue}), and approved devices in the
 * register.
 *
 * <p>Threads: sightings are written by a thread of their own; the queue is anybody's and blocks on
 * the database.
 */
@NullMarked
package org.rollcall.collector.discovery;

import org.jspecify.annotations.NullMarked;
