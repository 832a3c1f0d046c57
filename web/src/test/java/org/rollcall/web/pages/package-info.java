/** Tests of the pages' files: libraries, messages, modules. */
@NullMarked
package org.rollcall.web.pages;

import org.jspecify.annotations.NullMarked;
