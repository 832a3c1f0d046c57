package org.rollcall.collector.proof;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.day.MaintenanceWindow;
import org.rollcall.collector.declared.DeclaredIndicator;
import org.rollcall.collector.declared.DeclaredValue;
import org.rollcall.collector.registry.Device;
import org.rollcall.collector.registry.Inventory;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.School;

/**
 * What the register said on the date: the part of a verdict's input that nobody measured.
 *
 * @param regions from the root down to the school's own
 * @param sites the school, then its campuses by code
 * @param declared the newest value of each indicator that the school had declared
 */
record Facts(List<Region> regions, List<Entry> sites, List<Declared> declared) {
  private static final JsonMapper JSON = mapper();

  /**
   * One site with what it has.
   *
   * @param maintenance stretches in which it may be off on purpose
   */
  record Entry(School school, Inventory inventory, List<MaintenanceWindow> maintenance) {
    Entry {
      maintenance = List.copyOf(maintenance);
    }
  }

  /** A declared value; the amount as it is written in files. */
  record Declared(
      String indicator, String amount, LocalDate asOf, String note, @Nullable String certificate) {

    static Declared of(DeclaredValue value) {
      return new Declared(
          value.indicator().id(),
          value.amount().text(),
          value.asOf(),
          value.note(),
          value.certificate());
    }
  }

  Facts {
    regions = List.copyOf(regions);
    sites = List.copyOf(sites);
    declared = List.copyOf(declared);
    if (sites.isEmpty()) {
      throw new IllegalArgumentException("There is no school in these facts.");
    }
  }

  School school() {
    return sites.get(0).school();
  }

  /** The regions and sites alone, as a register. */
  Register register() {
    return new Register(1, regions, sites.stream().map(Entry::school).toList());
  }

  Map<DeclaredIndicator, DeclaredValue> values() {
    Map<DeclaredIndicator, DeclaredValue> values = new EnumMap<>(DeclaredIndicator.class);
    for (Declared one : declared) {
      DeclaredIndicator indicator = DeclaredIndicator.of(one.indicator());
      if (indicator == null
          || !(indicator.read(one.amount()) instanceof DeclaredIndicator.Reading.Good good)) {
        throw new IllegalArgumentException(one.indicator() + " cannot be " + one.amount() + ".");
      }
      values.put(
          indicator,
          new DeclaredValue(
              school().code(),
              indicator,
              good.amount(),
              one.asOf(),
              one.note(),
              one.certificate()));
    }
    return values;
  }

  /**
   * Devices without network addresses and settings: a name in their place, the same for the same
   * address, because a judge only asks whether two devices are one.
   */
  static Inventory withoutAddresses(Inventory inventory) {
    Map<String, String> names = new HashMap<>();
    Function<Device, String> name =
        device ->
            device.address().isEmpty()
                ? ""
                : names.computeIfAbsent(
                    device.address() + ' ' + device.probe(), a -> "device-" + (names.size() + 1));
    List<Device> devices = new ArrayList<>();
    for (Device d : inventory.devices()) {
      devices.add(new Device(d.school(), d.space(), d.kind(), d.name(), name.apply(d), ""));
    }
    return new Inventory(inventory.school(), inventory.classes(), devices, inventory.lines());
  }

  byte[] write() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JacksonException e) {
      throw new IllegalStateException("BUG: the register's entries cannot be written", e);
    }
  }

  /**
   * @throws IOException if the bytes are no facts
   */
  static Facts read(byte[] bytes) throws IOException {
    return JSON.readValue(bytes, Facts.class);
  }

  private static JsonMapper mapper() {
    SimpleModule texts =
        new SimpleModule()
            .addSerializer(LocalDate.class, new ToStringSerializer())
            .addSerializer(Instant.class, new ToStringSerializer())
            .addDeserializer(LocalDate.class, new Text<>(LocalDate.class, LocalDate::parse))
            .addDeserializer(Instant.class, new Text<>(Instant.class, Instant::parse));
    return JsonMapper.builder().addModule(texts).enable(SerializationFeature.INDENT_OUTPUT).build();
  }

  /** Reads what its toString wrote. */
  private static final class Text<T> extends StdDeserializer<T> {
    private static final long serialVersionUID = 1L;
    private final transient Function<String, T> read;

    Text(Class<T> type, Function<String, T> read) {
      super(type);
      this.read = read;
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      try {
        return read.apply(parser.getText());
      } catch (DateTimeException e) {
        throw new IOException(parser.getText() + " is no time.", e);
      }
    }
  }
}
