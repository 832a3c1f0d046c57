package org.rollcall.collector.registry;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Regions and schools as they stood at one revision. Immutable; any thread may read it without
 * waiting.
 *
 * <p>Regions form one tree. Regions and schools are kept in the order of a walk through that tree
 * (parents first, siblings by code), so that everything under a region is one run of the list.
 */
public final class Register {
  private static final Register EMPTY = new Register(0, List.of(), List.of());

  private final long revision;
  private final List<Region> regions;
  private final List<School> schools;
  private final Map<String, Node> nodes;
  private final Map<String, School> schoolsByCode;

  /** A region with its children and the run of schools that lie in it or under it. */
  private record Node(Region region, List<Region> children, int firstSchool, int endSchool) {}

  /** Nobody and nothing, at revision 0. */
  public static Register empty() {
    return EMPTY;
  }

  /**
   * Puts regions and schools in the order of the tree.
   *
   * @param regions a tree: every parent is among them; one without a parent is a root
   * @param schools each in one of {@code regions}
   * @throws IllegalArgumentException if a parent or a school's region is missing
   */
  public Register(long revision, Collection<Region> regions, Collection<School> schools) {
    this.revision = revision;
    Map<String, List<School>> inRegion = schoolsByRegion(regions, schools);
    Map<@Nullable String, List<Region>> children = childrenByParent(regions);
    List<Region> walked = new ArrayList<>();
    List<School> ordered = new ArrayList<>(schools.size());
    Map<String, Node> found = new HashMap<>();
    for (Region root : children.getOrDefault(null, List.of())) {
      walk(root, children, inRegion, walked, ordered, found);
    }
    if (walked.size() != regions.size()) {
      throw new IllegalArgumentException("The regions form no tree: a parent is missing.");
    }
    this.regions = List.copyOf(walked);
    this.schools = List.copyOf(ordered);
    this.nodes = Map.copyOf(found);
    Map<String, School> byCode = new HashMap<>();
    ordered.forEach(school -> byCode.put(school.code(), school));
    this.schoolsByCode = Map.copyOf(byCode);
  }

  private static Map<String, List<School>> schoolsByRegion(
      Collection<Region> regions, Collection<School> schools) {
    Map<String, List<School>> inRegion = new HashMap<>();
    regions.forEach(region -> inRegion.put(region.code(), new ArrayList<>()));
    for (School school : schools) {
      List<School> list = inRegion.get(school.region());
      if (list == null) {
        throw new IllegalArgumentException(
            "School " + school.code() + " lies in the unknown region " + school.region() + ".");
      }
      list.add(school);
    }
    inRegion.values().forEach(list -> list.sort(Comparator.comparing(School::code)));
    return inRegion;
  }

  private static Map<@Nullable String, List<Region>> childrenByParent(Collection<Region> regions) {
    Map<@Nullable String, List<Region>> children = new LinkedHashMap<>();
    regions.stream()
        .sorted(Comparator.comparing(Region::code))
        .forEach(
            region ->
                children.computeIfAbsent(region.parent(), parent -> new ArrayList<>()).add(region));
    return children;
  }

  /** As deep as there are levels; ends because every region is visited from its one parent. */
  private static void walk(
      Region region,
      Map<@Nullable String, List<Region>> children,
      Map<String, List<School>> inRegion,
      List<Region> walked,
      List<School> ordered,
      Map<String, Node> found) {
    walked.add(region);
    int first = ordered.size();
    ordered.addAll(inRegion.getOrDefault(region.code(), List.of()));
    List<Region> below = List.copyOf(children.getOrDefault(region.code(), List.of()));
    for (Region child : below) {
      walk(child, children, inRegion, walked, ordered, found);
    }
    found.put(region.code(), new Node(region, below, first, ordered.size()));
  }

  /** The revision of the database that this shows. */
  public long revision() {
    return revision;
  }

  /** The region everything lies in; null while the register is empty. */
  public @Nullable Region root() {
    return regions.isEmpty() ? null : regions.get(0);
  }

  /** All regions, each before the ones below it. */
  public List<Region> regions() {
    return regions;
  }

  /** The region with this code, or null. */
  public @Nullable Region region(String code) {
    Node node = nodes.get(code);
    return node == null ? null : node.region();
  }

  /** The regions directly below, by code; empty for a township or an unknown code. */
  public List<Region> children(String code) {
    Node node = nodes.get(code);
    return node == null ? List.of() : node.children();
  }

  /** From the root down to the region itself; empty for an unknown code. */
  public List<Region> breadcrumb(String code) {
    Deque<Region> path = new ArrayDeque<>();
    Region region = region(code);
    while (region != null) {
      path.addFirst(region);
      region = region.parent() == null ? null : region(region.parent());
    }
    return List.copyOf(path);
  }

  /** Whether {@code code} is {@code ancestor} or lies under it; false if either is unknown. */
  public boolean isWithin(String code, String ancestor) {
    Region region = region(code);
    while (region != null) {
      if (region.code().equals(ancestor)) {
        return true;
      }
      region = region.parent() == null ? null : region(region.parent());
    }
    return false;
  }

  /** The school with this code, or null. */
  public @Nullable School school(String code) {
    return schoolsByCode.get(code);
  }

  /** All schools, township by township. */
  public List<School> schools() {
    return schools;
  }

  /** The schools in a region and in everything below it; empty for an unknown code. */
  public List<School> schools(String region) {
    Node node = nodes.get(region);
    return node == null ? List.of() : schools.subList(node.firstSchool(), node.endSchool());
  }
}
