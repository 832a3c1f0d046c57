package org.rollcall.collector.registry.imports;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.registry.Device;
import org.rollcall.collector.registry.Register;
import org.rollcall.protocol.Subject;

/** Rows of devices.csv. */
final class DeviceRows implements RowReader<Device> {
  private static final int MAX_ADDRESS = 255;
  private static final int MAX_PROBE = 255;

  /** A name, an IPv4 address or an IPv6 address in brackets, and perhaps a port. */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?<host>[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]+\\])(:(?<port>\\d{1,5}))?");

  private static final Pattern NUMBERS_ONLY = Pattern.compile("[\\d.]+");
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}");

  /** The probe's name and its settings. */
  private static final Pattern PROBE =
      Pattern.compile("[a-z][a-z0-9-]*( +[A-Za-z][A-Za-z0-9]*=\\S+)*");

  private static final Pattern SETTING = Pattern.compile("([A-Za-z][A-Za-z0-9]*)=");

  /** Settings that would put a secret into a file many can read. */
  private static final Set<String> SECRET =
      Set.of("community", "password", "passphrase", "secret", "token", "authkey", "privkey", "key");

  private final Register known;

  DeviceRows(Register known) {
    this.known = known;
  }

  @Override
  public List<String> required() {
    return List.of("school", "space", "kind", "name", "address", "probe");
  }

  @Override
  public @Nullable Device read(TableRow row) {
    String school = ClassRows.knownSchool(row, known);
    String space = row.text("space", ClassRows.MAX_SPACE);
    String kind = row.requiredText("kind", ClassRows.MAX_SPACE).toLowerCase(Locale.ROOT);
    if (!kind.isEmpty() && !Device.KINDS.contains(kind)) {
      row.problem("kind", "not-a-word", kind, String.join(", ", Device.KINDS));
    }
    String name = row.requiredText("name", ClassRows.MAX_SPACE);
    if (!name.isEmpty() && !Subject.isName(name)) {
      row.problem("name", "device-name", name);
    }
    if (space.isEmpty()
        && (kind.equals("terminal") || kind.equals("pc") || kind.equals("projector"))) {
      row.problem("space", "space-missing", kind);
    }
    String address = row.requiredText("address", MAX_ADDRESS);
    if (!address.isEmpty() && !isAddress(address)) {
      row.problem("address", "address-form", address);
    }
    String probe = row.requiredText("probe", MAX_PROBE);
    checkProbe(row, probe);
    return row.good() ? new Device(school, space, kind, name, address, probe) : null;
  }

  private static boolean isAddress(String address) {
    Matcher matcher = ADDRESS.matcher(address);
    if (!matcher.matches()) {
      return false;
    }
    String port = matcher.group("port");
    if (port != null && (Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65_535)) {
      return false;
    }
    String host = matcher.group("host");
    return !NUMBERS_ONLY.matcher(host).matches() || IPV4.matcher(host).matches();
  }

  private static void checkProbe(TableRow row, String probe) {
    if (probe.isEmpty()) {
      return;
    }
    if (!PROBE.matcher(probe).matches()) {
      row.problem("probe", "probe-form", probe);
    }
    Matcher setting = SETTING.matcher(probe);
    while (setting.find()) {
      if (SECRET.contains(setting.group(1).toLowerCase(Locale.ROOT))) {
        row.problem("probe", "probe-secret", setting.group(1));
      }
    }
  }

  @Override
  public String key(Device device) {
    return device.school() + " " + device.subject();
  }

  @Override
  public String keyColumn() {
    return "name";
  }
}
