/**
 * The pages: what lies where on the class path. The pages themselves are in {@code static/}; the
 * libraries they import come out of jars. Paths of requests come in, places on the class path go
 * out. Immutable; any thread.
 */
@NullMarked
package org.rollcall.web.pages;

import org.jspecify.annotations.NullMarked;
