/** Who changed what, and who signed in: kept for at least 183 days. */
@NullMarked
package org.rollcall.collector.audit;

import org.jspecify.annotations.NullMarked;
