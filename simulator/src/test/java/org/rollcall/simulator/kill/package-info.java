@NullMarked
package org.rollcall.simulator.kill;

import org.jspecify.annotations.NullMarked;
