@NullMarked
package org.rollcall.simulator.bench;

import org.jspecify.annotations.NullMarked;
