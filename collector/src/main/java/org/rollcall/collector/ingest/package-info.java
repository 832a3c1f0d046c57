/**
 * MQTT 5 and 3.1.1 for agents and foreign clients. Packets come in over TLS (and over plain TCP
 * where that is switched on); reports go to the intake, and its outcomes leave as acknowledgements.
 * Each connection belongs to one Netty event loop; logins, which read the database, run on a small
 * pool of their own. No broker: nothing is retained, and nobody hears anybody else.
 */
@NullMarked
package org.rollcall.collector.ingest;

import org.jspecify.annotations.NullMarked;
