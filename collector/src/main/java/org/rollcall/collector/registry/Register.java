package org.rollcall.collector.registry;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Regions and schools as they are on one date, at one revision. Immutable; any thread may read it
 * without waiting.
 *
 * <p>Regions form one tree. Regions and schools are kept in the order of a walk through that tree
 * (parents first, siblings by code), so that everything under a region is one run of the list.
 *
 * <p>Three circles: {@link #schools()} are what lists, maps and ratios count; {@link #sites()} are
 * all places from which agents may report, further campuses and suspended schools among them;
 * {@link #school(String)} finds closed schools too.
 */
public final class Register {
  private static final Register EMPTY = new Register(0, List.of(), List.of());

  private final long revision;
  private final List<Region> regions;
  private final List<School> schools;
  private final List<School> sites;
  private final Map<String, Node> nodes;
  private final Map<String, School> schoolsByCode;
  private final Map<String, List<School>> campuses;

  /** A region with its children and the runs of what lies in it or under it. */
  private record Node(Region region, List<Region> children, Run schools, Run sites) {}

  /** A part of a list: from, inclusive, to end, exclusive. */
  private record Run(int from, int end) {
    List<School> of(List<School> all) {
      return all.subList(from, end);
    }
  }

  /** Nobody and nothing, at revision 0. */
  public static Register empty() {
    return EMPTY;
  }

  /**
   * Puts regions and schools in the order of the tree.
   *
   * @param regions a tree: every parent is among them; one without a parent is a root
   * @param schools each in one of {@code regions}, closed ones and campuses too
   * @throws IllegalArgumentException if a parent or a school's region is missing
   */
  public Register(long revision, Collection<Region> regions, Collection<School> schools) {
    this.revision = revision;
    Walk walk = new Walk(regions, schools);
    if (walk.regions.size() != regions.size()) {
      throw new IllegalArgumentException("The regions form no tree: a parent is missing.");
    }
    this.regions = List.copyOf(walk.regions);
    this.schools = List.copyOf(walk.schools);
    this.sites = List.copyOf(walk.sites);
    this.nodes = Map.copyOf(walk.nodes);
    Map<String, School> byCode = new HashMap<>(2 * schools.size());
    schools.forEach(school -> byCode.put(school.code(), school));
    this.schoolsByCode = Collections.unmodifiableMap(byCode);
    this.campuses = campuses(sites);
  }

  private static Map<String, List<School>> campuses(List<School> sites) {
    Map<String, List<School>> campuses = new HashMap<>();
    sites.stream()
        .filter(site -> site.campusOf() != null && site.status() == School.Status.OPEN)
        .sorted(Comparator.comparing(School::code))
        .forEach(
            site ->
                campuses
                    .computeIfAbsent(String.valueOf(site.campusOf()), main -> new ArrayList<>())
                    .add(site));
    return campuses;
  }

  /** The walk through the tree, from the roots down. */
  private static final class Walk {
    private final Map<@Nullable String, List<Region>> children = new LinkedHashMap<>();
    private final Map<String, List<School>> inRegion = new HashMap<>();
    private final List<Region> regions = new ArrayList<>();
    private final List<School> schools = new ArrayList<>();
    private final List<School> sites = new ArrayList<>();
    private final Map<String, Node> nodes = new HashMap<>();

    Walk(Collection<Region> regions, Collection<School> schools) {
      for (Region region : regions) {
        inRegion.put(region.code(), new ArrayList<>());
        children.computeIfAbsent(region.parent(), parent -> new ArrayList<>()).add(region);
      }
      children.values().forEach(list -> list.sort(Comparator.comparing(Region::code)));
      for (School school : schools) {
        List<School> list = inRegion.get(school.region());
        if (list == null) {
          throw new IllegalArgumentException(
              "School " + school.code() + " lies in the unknown region " + school.region() + ".");
        }
        list.add(school);
      }
      inRegion.values().forEach(list -> list.sort(Comparator.comparing(School::code)));
      children.getOrDefault(null, List.of()).forEach(this::enter);
    }

    /** As deep as there are levels; ends because every region is entered from its one parent. */
    private void enter(Region region) {
      regions.add(region);
      int firstSchool = schools.size();
      int firstSite = sites.size();
      for (School school : inRegion.getOrDefault(region.code(), List.of())) {
        if (school.counts()) {
          schools.add(school);
        }
        if (school.status() != School.Status.CLOSED) {
          sites.add(school);
        }
      }
      List<Region> below = List.copyOf(children.getOrDefault(region.code(), List.of()));
      below.forEach(this::enter);
      nodes.put(
          region.code(),
          new Node(
              region,
              below,
              new Run(firstSchool, schools.size()),
              new Run(firstSite, sites.size())));
    }
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

  /** The school or campus with this code, be it open or closed; null if it is not there. */
  public @Nullable School school(String code) {
    return schoolsByCode.get(code);
  }

  /** The open schools, township by township; campuses are no schools. */
  public List<School> schools() {
    return schools;
  }

  /** The open schools in a region and in everything below it; empty for an unknown code. */
  public List<School> schools(String region) {
    Node node = nodes.get(region);
    return node == null ? List.of() : node.schools().of(schools);
  }

  /** All that agents may report for: schools and campuses, whatever is not closed. */
  public List<School> sites() {
    return sites;
  }

  /** What of {@link #sites()} lies in a region and below it; empty for an unknown code. */
  public List<School> sites(String region) {
    Node node = nodes.get(region);
    return node == null ? List.of() : node.sites().of(sites);
  }

  /** The further open campuses of a school, by code, without its main site; mostly none. */
  public List<School> campuses(String mainSchool) {
    return campuses.getOrDefault(mainSchool, List.of());
  }

  /** Every school and campus there is an entry for, closed ones too, in no order. */
  public Collection<School> entries() {
    return schoolsByCode.values();
  }
}
