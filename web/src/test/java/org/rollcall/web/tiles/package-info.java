/** Tests of the ground under the map. */
@NullMarked
package org.rollcall.web.tiles;

import org.jspecify.annotations.NullMarked;
