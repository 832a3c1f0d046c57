@NullMarked
package org.rollcall.simulator.storm;

import org.jspecify.annotations.NullMarked;
