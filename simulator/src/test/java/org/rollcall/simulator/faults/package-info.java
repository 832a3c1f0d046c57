@NullMarked
package org.rollcall.simulator.faults;

import org.jspecify.annotations.NullMarked;
