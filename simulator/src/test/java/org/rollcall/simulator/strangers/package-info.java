@NullMarked
package org.rollcall.simulator.strangers;

import org.jspecify.annotations.NullMarked;
