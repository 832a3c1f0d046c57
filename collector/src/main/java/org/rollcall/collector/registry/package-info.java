/**
 * The register: regions, schools, classes, rooms and devices. Records come in from the imports;
 * {@code Register} snapshots and {@code Inventory} records go out to the judge and the web. Any
 * thread; {@code Registry} reads the database, so never on an event loop; the records are
 * immutable.
 */
@NullMarked
package org.rollcall.collector.registry;

import org.jspecify.annotations.NullMarked;
