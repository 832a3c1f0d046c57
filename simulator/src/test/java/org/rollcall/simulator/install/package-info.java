/** What is installed in schools, made and run as it would be there. */
@NullMarked
package org.rollcall.simulator.install;

import org.jspecify.annotations.NullMarked;
