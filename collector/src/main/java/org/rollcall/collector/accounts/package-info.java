/**
 * Accounts and what they may see. Names and passwords come in; a {@code Viewer} goes out, and a
 * {@code ScopedRegister} that shows this viewer's part of the register and nothing else. Any
 * thread; checking a password takes tens of milliseconds and reads the database, so never on an
 * event loop.
 */
@NullMarked
package org.rollcall.collector.accounts;

import org.jspecify.annotations.NullMarked;
