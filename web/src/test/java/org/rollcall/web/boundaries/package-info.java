@NullMarked
package org.rollcall.web.boundaries;

import org.jspecify.annotations.NullMarked;
