/**
 * The register: regions, schools, classes and devices, with the imports that fill it. Files come in
 * from the command line; records go out to the judge and the web. Any thread; every call may read
 * the database, so never on an event loop.
 */
@NullMarked
package org.rollcall.collector.registry;

import org.jspecify.annotations.NullMarked;
