package org.rollcall.collector.registry.imports;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.declared.DeclaredValue;
import org.rollcall.collector.registry.Device;
import org.rollcall.collector.registry.Line;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.registry.SchoolClass;

/** An entry of the register as the row of a table that would make it, by column. */
final class Cells {
  private Cells() {}

  static Map<String, String> of(School school) {
    Map<String, String> cells = new LinkedHashMap<>();
    cells.put("code", school.code());
    cells.put("name", school.name());
    cells.put("name_en", school.nameEn());
    cells.put("region", school.region());
    cells.put("status", text(school.status()));
    cells.put("stage", text(school.stage()));
    cells.put("tier", school.tier().name());
    cells.put("ownership", text(school.ownership()));
    cells.put("setting", text(school.setting()));
    cells.put("students", text(school.students()));
    cells.put("teachers", text(school.teachers()));
    cells.put("classes", text(school.classes()));
    cells.put("lon", text(school.lon()));
    cells.put("lat", text(school.lat()));
    cells.put("medium", text(school.medium()));
    cells.put("isp", text(school.isp()));
    cells.put("contract_mbps", text(school.contractMbps()));
    cells.put("edu_network", text(school.eduNetwork()));
    cells.put("campus_of", text(school.campusOf()));
    cells.put("plan_year", text(school.planYear()));
    cells.put("largest_class", text(school.statistics().largestClass()));
    cells.put("multimedia_rooms", text(school.statistics().multimediaRooms()));
    cells.put("computers", text(school.statistics().computers()));
    return cells;
  }

  static Map<String, String> of(Region region) {
    Map<String, String> cells = new LinkedHashMap<>();
    cells.put("code", region.code());
    cells.put("name", region.name());
    cells.put("name_en", region.nameEn());
    cells.put("level", text(region.level()));
    cells.put("parent", text(region.parent()));
    return cells;
  }

  /** Any record that an import writes. */
  static Map<String, String> of(Object record) {
    if (record instanceof School school) {
      return of(school);
    }
    if (record instanceof Region region) {
      return of(region);
    }
    Map<String, String> cells = new LinkedHashMap<>();
    if (record instanceof SchoolClass each) {
      cells.put("grade", text(each.grade()));
      cells.put("platform_declared", text(each.platformDeclared()));
    } else if (record instanceof Device device) {
      cells.put("space", device.space());
      cells.put("address", device.address());
      cells.put("probe", device.probe());
    } else if (record instanceof Line line) {
      cells.put("medium", text(line.medium()));
      cells.put("isp", text(line.isp()));
      cells.put("contract_mbps", text(line.contractMbps()));
      cells.put("edu_network", text(line.eduNetwork()));
      cells.put("load_balanced", text(line.loadBalanced()));
    } else if (record instanceof DeclaredValue value) {
      cells.put("value", value.amount().text());
      cells.put("note", value.note());
      cells.put("certificate", text(value.certificate()));
    } else {
      throw new IllegalArgumentException("BUG: no import writes " + record.getClass());
    }
    return cells;
  }

  /** What names a record for people: its codes and its name. */
  static String label(Object record) {
    if (record instanceof School school) {
      return school.code() + " " + school.name();
    }
    if (record instanceof Region region) {
      return region.code() + " " + region.name();
    }
    if (record instanceof SchoolClass each) {
      return each.school() + " " + each.name();
    }
    if (record instanceof Device device) {
      return device.school() + " " + device.subject();
    }
    if (record instanceof Line line) {
      return line.school() + " " + line.name();
    }
    if (record instanceof DeclaredValue value) {
      return value.unit() + " " + value.indicator().id() + " " + value.asOf();
    }
    throw new IllegalArgumentException("BUG: no import writes " + record.getClass());
  }

  /** What columns said before and say after, where that is not the same. */
  static Map<String, Difference> differences(
      Map<String, String> before, Map<String, String> after) {
    Map<String, Difference> changed = new LinkedHashMap<>();
    after.forEach(
        (column, now) -> {
          String then = before.getOrDefault(column, "");
          if (!then.equals(now)) {
            changed.put(column, new Difference(then, now));
          }
        });
    return changed;
  }

  /** The words a column takes; empty where it takes any. */
  static List<String> choices(String column) {
    return switch (column) {
      case "status" -> names(School.Status.values());
      case "stage" -> names(School.Stage.values());
      case "tier" -> Arrays.stream(School.Tier.values()).map(Enum::name).toList();
      case "ownership" -> names(School.Ownership.values());
      case "setting" -> names(School.Setting.values());
      case "medium" -> names(School.Medium.values());
      case "edu_network" -> List.of("yes", "no");
      case "level" -> names(Region.Level.values());
      default -> List.of();
    };
  }

  private static List<String> names(Enum<?>[] values) {
    return Arrays.stream(values).map(Cells::text).toList();
  }

  private static String text(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT);
    }
    if (value instanceof Boolean yes) {
      return yes ? "yes" : "no";
    }
    if (value instanceof Double number) {
      BigDecimal plain = BigDecimal.valueOf(number).stripTrailingZeros();
      return plain.scale() < 0 ? plain.setScale(0).toPlainString() : plain.toPlainString();
    }
    return value.toString();
  }
}
