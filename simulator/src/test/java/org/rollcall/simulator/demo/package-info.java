@NullMarked
package org.rollcall.simulator.demo;

import org.jspecify.annotations.NullMarked;
