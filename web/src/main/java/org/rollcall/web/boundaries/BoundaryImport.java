package org.rollcall.web.boundaries;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.registry.Crs;
import org.rollcall.collector.registry.Register;

/** What {@code ./rollcall import boundaries} asks of a file before it takes its place. */
public final class BoundaryImport {
  private static final int SHORTEST_NUMBER = 4;
  private static final int LONGEST_TEXT = 200;
  private static final int NAMED = 5;

  private BoundaryImport() {}

  /**
   * What the map says of its outlines.
   *
   * @param approval the approval number; null to take the file's own
   * @param unapproved said aloud that there is none
   * @param source who drew them; null to take the file's own
   */
  public record Label(@Nullable String approval, boolean unapproved, @Nullable String source) {}

  /**
   * Checks the whole file against the register.
   *
   * @throws IOException saying what keeps it from being used, and what to do
   */
  public static Boundaries check(Path file, Crs crs, Label label, Register register)
      throws IOException {
    Boundaries read = BoundaryFile.read(file, crs);
    List<String> unknown =
        read.byCode().keySet().stream()
            .filter(code -> register.region(code) == null)
            .sorted()
            .toList();
    if (!unknown.isEmpty()) {
      throw new IOException(
          file
              + " names "
              + unknown.size()
              + " areas that are not in the register, such as "
              + String.join(", ", unknown.subList(0, Math.min(NAMED, unknown.size())))
              + ": import the regions first, or take these areas out of the file.");
    }
    return new Boundaries(read.byCode(), approval(file, read, label), source(read, label));
  }

  private static @Nullable String approval(Path file, Boundaries read, Label label)
      throws IOException {
    String number = label.approval() == null ? read.approval() : label.approval().strip();
    if (label.unapproved()) {
      if (number != null) {
        throw new IOException(
            "--unapproved contradicts the approval number " + number + ": leave one of them out.");
      }
      return null;
    }
    if (number == null) {
      throw new IOException(
          file
              + " has no approval number: give it with --approval, or say --unapproved, and the map"
              + " says that it has none.");
    }
    boolean plausible =
        number.length() >= SHORTEST_NUMBER
            && number.length() <= LONGEST_TEXT
            && number.chars().anyMatch(Character::isDigit);
    if (!plausible) {
      throw new IOException(
          "'" + number + "' is no approval number: write it as on the map, e.g. 粤S(2023)001号.");
    }
    return number;
  }

  private static @Nullable String source(Boundaries read, Label label) throws IOException {
    String source = label.source();
    if (source == null) {
      return read.source();
    }
    if (source.isBlank() || source.length() > LONGEST_TEXT) {
      throw new IOException("--source is a text of 1 to " + LONGEST_TEXT + ".");
    }
    return source.strip();
  }

  /** One sentence of what was taken. */
  public static String told(
      Boundaries boundaries, Register register, boolean dryRun, Locale language) {
    int areas = boundaries.byCode().size();
    int of = register.regions().size();
    String number = boundaries.approval();
    if (language.getLanguage().equals("zh")) {
      return (dryRun ? "检查通过,未写入:" : "已导入:")
          + areas
          + " 个区划的界线(共 "
          + of
          + " 个区划),"
          + (number == null ? "未经审图,地图上将注明。" : "审图号 " + number + "。");
    }
    return (dryRun ? "Good, and not written: " : "Imported: ")
        + "outlines of "
        + areas
        + " of "
        + of
        + " regions, "
        + (number == null ? "without approval number; the map says so." : "approved as " + number)
        + (number == null ? "" : ".");
  }
}
