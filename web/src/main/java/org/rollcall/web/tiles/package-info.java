/**
 * The ground under the map, where a key for it is configured. In: which square a page shows; out:
 * its picture, from memory or from Tianditu.
 */
@NullMarked
package org.rollcall.web.tiles;

import org.jspecify.annotations.NullMarked;
