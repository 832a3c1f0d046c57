@NullMarked
package org.rollcall.web.oidc;

import org.jspecify.annotations.NullMarked;
