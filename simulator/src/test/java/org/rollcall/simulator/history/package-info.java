@NullMarked
package org.rollcall.simulator.history;

import org.jspecify.annotations.NullMarked;
