/**
 * HTTP itself: routes, sessions, headers, compression, server-sent events and the pages' files.
 * Requests come in on Vert.x event loops; calls run on its worker threads; JSON goes out. Vert.x
 * stays in here.
 */
@NullMarked
package org.rollcall.web.http;

import org.jspecify.annotations.NullMarked;
