/**
 * What operators type. Arguments come in; one command's work is done against the data folder,
 * beside a running server or without one; sentences go to standard output, faults to standard
 * error. Main thread.
 */
@NullMarked
package org.rollcall.web.command;

import org.jspecify.annotations.NullMarked;
