/**
 * Whole servers whose register or observations are elsewhere, were moved, or came from a backup.
 */
@NullMarked
package org.rollcall.simulator.moving;

import org.jspecify.annotations.NullMarked;
