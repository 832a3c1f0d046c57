@NullMarked
package org.rollcall.simulator.campus;

import org.jspecify.annotations.NullMarked;
