package org.rollcall.collector.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.rollcall.config.SettingsException;
import org.rollcall.config.SettingsReader;

class MqttSettingsTest {
  private record Server(MqttSettings mqtt) {}

  private static MqttSettings read(String yaml) throws SettingsException {
    return SettingsReader.read("server.yaml", yaml, Path.of("."), Server.class).mqtt();
  }

  @Test
  void withoutAWordTlsIsOnAndPlainIsOff() throws SettingsException {
    MqttSettings settings = read("{}");

    assertThat(settings.tls()).isEqualTo(new MqttSettings.Tls("0.0.0.0", 8883));
    assertThat(settings.plain()).isEqualTo(new MqttSettings.Plain(false, "127.0.0.1", 1883));
    assertThat(settings.limits().connectTimeout()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void allProblemsAreToldAtOnce() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    mqtt:
                      tls: {port: 70000}
                      plain: {enabled: perhaps}
                      limits: {connections: 0}
                    """))
        .isInstanceOf(SettingsException.class)
        .hasMessageContainingAll("mqtt.tls.port", "mqtt.plain.enabled", "mqtt.limits.connections");
  }
}
