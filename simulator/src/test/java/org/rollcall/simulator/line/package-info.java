@NullMarked
package org.rollcall.simulator.line;

import org.jspecify.annotations.NullMarked;
