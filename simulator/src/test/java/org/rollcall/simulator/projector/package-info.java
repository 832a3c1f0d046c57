@NullMarked
package org.rollcall.simulator.projector;

import org.jspecify.annotations.NullMarked;
