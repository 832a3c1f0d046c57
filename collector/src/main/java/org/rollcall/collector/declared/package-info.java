/**
 * What schools and regions declare of themselves and nothing can measure. Values come in from the
 * imports, checked against the catalogue in {@code DeclaredIndicator}; the newest value of each
 * indicator on a date goes out to the judge, graded as declared or certified. Any thread; {@code
 * DeclaredValues} reads and writes the database, so never on an event loop; the records are
 * immutable.
 */
@NullMarked
package org.rollcall.collector.declared;

import org.jspecify.annotations.NullMarked;
