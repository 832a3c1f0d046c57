/**
 * The documents that are filed: each a pure function of one frozen snapshot, printed as PDF, XLSX,
 * CSV and JSON. They are in Chinese, because that is how they are filed. In: snapshots. Out: files;
 * rows of documents and stamped scans in the register. Everything runs on whoever asks.
 */
@NullMarked
package org.rollcall.collector.documents;

import org.jspecify.annotations.NullMarked;
