package org.rollcall.simulator.projector;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a projector is, as it came out of its box and was set up.
 *
 * @param pjlinkClass 1 or 2
 * @param scheme how a password is asked for
 * @param password up to 32 characters; null exactly where none is asked for
 * @param mac told when somebody searches, {@code aa:bb:cc:dd:ee:ff}
 */
public record ProjectorModel(
    String name,
    String maker,
    String model,
    int pjlinkClass,
    Scheme scheme,
    @Nullable String password,
    String mac,
    Set<Quirk> quirks) {

  /** How it asks for its password. */
  public enum Scheme {
    NONE,
    MD5,
    /** Version 2.10 of the specification; takes MD5 as well. */
    SHA256
  }

  private static final List<String> MAKERS = List.of("Epson", "NEC", "Panasonic", "Sony", "BenQ");

  public ProjectorModel {
    if (pjlinkClass != 1 && pjlinkClass != 2) {
      throw new IllegalArgumentException("There is no PJLink class " + pjlinkClass + ".");
    }
    if ((scheme == Scheme.NONE) != (password == null)) {
      throw new IllegalArgumentException(
          "A password belongs to MD5 and SHA-256, and to them only.");
    }
    quirks = Set.copyOf(quirks);
  }

  /** One without a password and without manners of its own. */
  public static ProjectorModel plain(int pjlinkClass) {
    return new ProjectorModel(
        "Projector",
        MAKERS.get(0),
        "EB-" + pjlinkClass + "00",
        pjlinkClass,
        Scheme.NONE,
        null,
        "02:00:5e:00:00:01",
        Set.of());
  }

  public ProjectorModel with(Quirk first, Quirk... more) {
    Set<Quirk> its = quirks.isEmpty() ? EnumSet.noneOf(Quirk.class) : EnumSet.copyOf(quirks);
    its.addAll(EnumSet.of(first, more));
    return new ProjectorModel(name, maker, model, pjlinkClass, scheme, password, mac, its);
  }

  public ProjectorModel with(Scheme asked, String itsPassword) {
    return new ProjectorModel(name, maker, model, pjlinkClass, asked, itsPassword, mac, quirks);
  }

  /** The same under the given name. */
  public ProjectorModel named(String itsName) {
    return new ProjectorModel(itsName, maker, model, pjlinkClass, scheme, password, mac, quirks);
  }

  boolean has(Quirk quirk) {
    return quirks.contains(quirk);
  }

  /** Leaves out the password. */
  @Override
  public String toString() {
    return "ProjectorModel[" + name + ", class " + pjlinkClass + ", " + scheme + "]";
  }
}
