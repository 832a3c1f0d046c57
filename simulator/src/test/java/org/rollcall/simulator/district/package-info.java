@NullMarked
package org.rollcall.simulator.district;

import org.jspecify.annotations.NullMarked;
