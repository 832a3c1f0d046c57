package org.rollcall.collector.registry.imports;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.Region.Level;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.School;

/** Finds every region's parent, so that new and known regions together are one tree. */
final class RegionTree {
  private final Map<String, Region> all = new LinkedHashMap<>();
  private final Map<String, Integer> rows = new LinkedHashMap<>();
  private final Problems problems;

  private RegionTree(Register known, Problems problems) {
    known.regions().forEach(region -> all.put(region.code(), region));
    this.problems = problems;
  }

  /**
   * The regions to write: those of the file, and the register's root if it gets a parent now.
   *
   * @param rows the row of each region's code
   */
  static List<Region> join(
      Register known, Collection<Region> file, Map<String, Integer> rows, Problems problems) {
    RegionTree tree = new RegionTree(known, problems);
    tree.rows.putAll(rows);
    file.forEach(region -> tree.all.put(region.code(), region));
    List<Region> placed = new ArrayList<>();
    for (Region region : file) {
      placed.add(tree.place(region));
    }
    Region root = known.root();
    if (root != null && !rows.containsKey(root.code())) {
      Region moved = tree.place(root);
      if (!moved.equals(root)) {
        placed.add(moved);
      }
    }
    tree.checkOneRoot(known);
    return placed;
  }

  /**
   * Regions for schools that come before any region has been named: each code's own region and what
   * lies between it and the first region that holds them all. The code stands in for the name.
   */
  static List<Region> provisional(Register known, Collection<School> schools, Problems problems) {
    TreeSet<String> codes = new TreeSet<>();
    schools.forEach(school -> codes.add(school.region()));
    known.regions().forEach(region -> codes.add(region.code()));
    TreeSet<String> wanted = new TreeSet<>();
    for (String code : codes) {
      String at = code;
      wanted.add(at);
      while (!holdsAll(at, codes) && Codes.level(at) != Level.PROVINCE) {
        at = Codes.above(at);
        wanted.add(at);
      }
    }
    List<Region> fresh = new ArrayList<>();
    Map<String, Integer> rows = new LinkedHashMap<>();
    for (String code : wanted) {
      if (known.region(code) == null) {
        fresh.add(new Region(code, code, "", Codes.level(code), null));
        rows.put(code, 0);
      }
    }
    return join(known, fresh, rows, problems);
  }

  private static boolean holdsAll(String region, Collection<String> codes) {
    String prefix =
        switch (Codes.level(region)) {
          case TOWNSHIP, COUNTY -> region;
          case CITY -> region.substring(0, 4);
          case PROVINCE -> region.substring(0, 2);
        };
    return codes.stream().allMatch(code -> code.startsWith(prefix));
  }

  private Region place(Region region) {
    String declared = region.parent();
    String parent = declared != null ? checked(region, declared) : derived(region.code());
    Region placed =
        new Region(region.code(), region.name(), region.nameEn(), region.level(), parent);
    all.put(placed.code(), placed);
    return placed;
  }

  private @Nullable String checked(Region region, String parent) {
    Region above = all.get(parent);
    int row = rows.getOrDefault(region.code(), 0);
    if (above == null) {
      problems.add(row, "parent", "parent-unknown", parent);
    } else if (above.level().compareTo(region.level()) >= 0) {
      problems.add(row, "parent", "parent-level", parent);
    }
    return parent;
  }

  /** The next level up that is known; a township never skips its county. */
  private @Nullable String derived(String code) {
    String at = code;
    do {
      String above = Codes.above(at);
      if (above.equals(at)) {
        return null;
      }
      at = above;
      if (all.containsKey(at)) {
        return at;
      }
    } while (code.length() == 6);
    return null;
  }

  private void checkOneRoot(Register known) {
    List<Region> roots =
        all.values().stream()
            .filter(region -> region.parent() == null)
            .sorted(Comparator.comparing(Region::level))
            .toList();
    if (roots.size() < 2) {
      return;
    }
    Region standing = known.root();
    Region root =
        standing != null && roots.contains(all.get(standing.code())) ? standing : roots.get(0);
    for (Region other : roots) {
      if (!other.code().equals(root.code())) {
        problems.add(
            rows.getOrDefault(other.code(), 0),
            rows.getOrDefault(other.code(), 0) == 0 ? "" : "code",
            "second-root",
            other.code(),
            root.code());
      }
    }
  }
}
