/**
 * Reads the settings people edit. YAML comes in; records go out, or every problem at once, each
 * with its place. Used at start-up and by the checking commands; any thread.
 */
@NullMarked
package org.rollcall.config;

import org.jspecify.annotations.NullMarked;
