package org.rollcall.collector;

import java.nio.file.Path;
import java.util.List;
import org.rollcall.collector.database.DatabaseSettings;
import org.rollcall.collector.ingest.MqttSettings;
import org.rollcall.collector.linetest.LineTestSettings;
import org.rollcall.collector.linetest.ndt7.Ndt7Settings;
import org.rollcall.config.Default;

/**
 * What a collector needs to know.
 *
 * @param data folder of all that is kept
 * @param register where the register is kept
 * @param calendar the folder of school calendars, or one calendar for every school
 * @param targets folder of profiles
 * @param profiles ids of the profiles that are judged by; pages show the first
 * @param publicAddress name or address by which agents reach this collector
 * @param lineTests when and how schools' lines are tested
 * @param ndt7 who may test as much as a line gives
 */
public record CollectorSettings(
    Path data,
    DatabaseSettings register,
    MqttSettings mqtt,
    Store store,
    Path calendar,
    Path targets,
    List<String> profiles,
    String publicAddress,
    LineTestSettings lineTests,
    Ndt7Settings ndt7) {

  public CollectorSettings {
    profiles = List.copyOf(profiles);
  }

  /**
   * How observations are kept.
   *
   * @param sync whether an acknowledged report also survives a power cut; without it, it survives
   *     the death of the process
   */
  public record Store(@Default("false") boolean sync) {}
}
