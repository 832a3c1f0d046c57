/**
 * The server's side of ndt7 (m-lab/ndt-server, spec v0.9), free of any web framework. In: the
 * request of a WebSocket and what arrives on it, through {@link
 * org.rollcall.collector.linetest.ndt7.Ndt7Socket}; out: load, measurements, counts. All of a test
 * runs on the event loop of its connection.
 */
@NullMarked
package org.rollcall.collector.linetest.ndt7;

import org.jspecify.annotations.NullMarked;
