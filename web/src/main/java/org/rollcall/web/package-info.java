/**
 * The server process and the commands of its operators. Settings and arguments come in; the running
 * server, or one command's result, goes out. Commands run on the main thread.
 */
@NullMarked
package org.rollcall.web;

import org.jspecify.annotations.NullMarked;
