package org.rollcall.collector.ingest;

import java.time.Duration;
import org.rollcall.collector.intake.Intake;

/**
 * What all connections share.
 *
 * @param longestSilence the longest keep-alive a client may have
 */
record House(
    Intake intake,
    Reception reception,
    Sessions sessions,
    TwoPlaces twoPlaces,
    IngestTally tally,
    Duration longestSilence) {}
