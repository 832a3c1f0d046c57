package org.rollcall.collector;

import java.nio.file.Path;
import org.rollcall.collector.ingest.MqttSettings;
import org.rollcall.config.Default;

/**
 * What a collector needs to know.
 *
 * @param data folder of all that is kept
 * @param calendar the folder of school calendars, or one calendar for every school
 * @param targets folder of profiles
 * @param profile id of the profile that is judged by
 * @param publicAddress name or address by which agents reach this collector
 */
public record CollectorSettings(
    Path data,
    MqttSettings mqtt,
    Store store,
    Path calendar,
    Path targets,
    String profile,
    String publicAddress) {

  /**
   * How observations are kept.
   *
   * @param sync whether an acknowledged report also survives a power cut; without it, it survives
   *     the death of the process
   */
  public record Store(@Default("false") boolean sync) {}
}
