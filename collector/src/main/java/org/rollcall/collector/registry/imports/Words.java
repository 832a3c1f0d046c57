package org.rollcall.collector.registry.imports;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.registry.Region.Level;
import org.rollcall.collector.registry.School;

/**
 * What a cell of a closed set may say: the contract's lower-case name, with hyphen or underscore,
 * or the Chinese term.
 */
final class Words<E> {
  static final Words<School.Stage> STAGE =
      of(School.Stage.values())
          .and("小学", School.Stage.PRIMARY)
          .and("初中", School.Stage.JUNIOR)
          .and("初级中学", School.Stage.JUNIOR)
          .and("九年一贯制", School.Stage.NINE_YEAR)
          .and("九年一贯制学校", School.Stage.NINE_YEAR)
          .and("完全中学", School.Stage.COMBINED)
          .and("十二年一贯制", School.Stage.TWELVE_YEAR)
          .and("十二年一贯制学校", School.Stage.TWELVE_YEAR)
          .and("高中", School.Stage.SENIOR)
          .and("高级中学", School.Stage.SENIOR)
          .and("教学点", School.Stage.TEACHING_POINT)
          .and("特殊教育", School.Stage.SPECIAL)
          .and("特殊教育学校", School.Stage.SPECIAL);
  static final Words<School.Tier> TIER = of(School.Tier.values());
  static final Words<School.Ownership> OWNERSHIP =
      of(School.Ownership.values())
          .and("公办", School.Ownership.PUBLIC)
          .and("民办", School.Ownership.PRIVATE);
  static final Words<School.Setting> SETTING =
      of(School.Setting.values())
          .and("城区", School.Setting.URBAN)
          .and("镇区", School.Setting.TOWN)
          .and("乡村", School.Setting.RURAL);
  static final Words<School.Medium> MEDIUM =
      of(School.Medium.values())
          .and("fiber", School.Medium.FIBRE)
          .and("光纤", School.Medium.FIBRE)
          .and("有线", School.Medium.WIRED)
          .and("无线", School.Medium.WIRELESS);
  static final Words<School.Status> STATUS =
      of(School.Status.values())
          .and("在办", School.Status.OPEN)
          .and("撤并", School.Status.CLOSED)
          .and("撤销", School.Status.CLOSED)
          .and("停办", School.Status.SUSPENDED);
  static final Words<Level> LEVEL =
      of(Level.values())
          .and("省", Level.PROVINCE)
          .and("市", Level.CITY)
          .and("县", Level.COUNTY)
          .and("区", Level.COUNTY)
          .and("镇", Level.TOWNSHIP)
          .and("街道", Level.TOWNSHIP);

  private final E any;
  private final String allowed;
  private final Map<String, E> meanings;

  private Words(E any, String allowed, Map<String, E> meanings) {
    this.any = any;
    this.allowed = allowed;
    this.meanings = meanings;
  }

  private static <T extends Enum<T>> Words<T> of(T[] values) {
    Map<String, T> meanings = new LinkedHashMap<>();
    for (T value : values) {
      meanings.put(value.name().toLowerCase(Locale.ROOT), value);
    }
    boolean letters = Arrays.stream(values).allMatch(value -> value.name().length() == 1);
    String allowed =
        Arrays.stream(values)
            .map(value -> letters ? value.name() : value.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    return new Words<>(values[0], allowed, meanings);
  }

  private Words<E> and(String word, E meaning) {
    Map<String, E> more = new LinkedHashMap<>(meanings);
    more.put(word, meaning);
    return new Words<>(any, allowed, more);
  }

  @Nullable E meaning(String word) {
    return meanings.get(word.toLowerCase(Locale.ROOT).replace('-', '_'));
  }

  /** The words a message offers. */
  String allowed() {
    return allowed;
  }

  /** A value to go on with where the cell gave none. */
  E any() {
    return any;
  }
}
