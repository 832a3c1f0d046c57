package org.rollcall.collector.discovery;

import org.jspecify.annotations.Nullable;
import org.rollcall.collector.registry.Device;
import org.rollcall.collector.registry.Inventory;
import org.rollcall.protocol.Subject;

/**
 * As what a device that was found is to be registered.
 *
 * @param kind as in {@link Device#KINDS}
 * @param name unique among the school's devices of that kind
 * @param space class or computer room; empty where it stands in none
 * @param probe how it is to be looked at, such as {@code snmp}
 */
public record Approval(String kind, String name, String space, String probe) {

  /**
   * What speaks against it.
   *
   * @param inventory of the device's school
   * @return null: nothing
   */
  @Nullable ApprovalFault fault(Discovered found, Inventory inventory) {
    if (!Device.KINDS.contains(kind)) {
      return ApprovalFault.BAD_KIND;
    }
    if (!Subject.isName(name)) {
      return ApprovalFault.BAD_NAME;
    }
    if (found.address().isEmpty()) {
      return ApprovalFault.NO_ADDRESS;
    }
    if (space.isEmpty() && (kind.equals("terminal") || kind.equals("pc"))) {
      return ApprovalFault.NO_SPACE;
    }
    Device wanted = device(found);
    return inventory.devices().stream()
            .anyMatch(device -> device.subject().equals(wanted.subject()))
        ? ApprovalFault.NAME_TAKEN
        : null;
  }

  Device device(Discovered found) {
    String address = found.address();
    return new Device(
        found.school(),
        space,
        kind,
        name,
        address.indexOf(':') < 0 ? address : "[" + address + "]",
        probe);
  }
}
