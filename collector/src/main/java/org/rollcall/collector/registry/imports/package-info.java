/**
 * Fills the register from the tables a bureau keeps. A CSV or XLSX file comes in; either all its
 * rows go into the register in one transaction, or none does and every problem goes out with its
 * row, column and reason, in Chinese or English. The calling thread does all the work; rows are
 * read one by one, and a file is refused before it can fill the memory.
 */
@NullMarked
package org.rollcall.collector.registry.imports;

import org.jspecify.annotations.NullMarked;
