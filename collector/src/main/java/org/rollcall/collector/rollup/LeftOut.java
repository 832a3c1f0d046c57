package org.rollcall.collector.rollup;

/** A school that is not in a figure, and why; printed beside the figure. */
public record LeftOut(String school, Why why) {

  /** Why a school is in no figure. */
  public enum Why {
    /** It has no pupils of the stage: nothing could be shared out among them. */
    NO_STUDENTS,
    /** A teaching point (教学点) with fewer pupils than the rule takes in. */
    SMALL_TEACHING_POINT,
    /** Neither its own value nor its resources are known. */
    NO_VALUE,
    /** It holds several stages and does not say how many pupils each has. */
    NO_STAGE_STUDENTS,
    /** A senior secondary or special-education school: outside the coefficient. */
    OTHER_STAGE;

    /** Whether the school belongs into the figure, so that the figure is not the whole one. */
    public boolean isMissing() {
      return this == NO_VALUE || this == NO_STAGE_STUDENTS;
    }
  }
}
