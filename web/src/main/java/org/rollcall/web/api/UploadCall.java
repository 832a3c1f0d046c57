package org.rollcall.web.api;

/** A call that takes a whole file. May block; throws {@link ApiProblem} for what it will not do. */
public interface UploadCall {
  /**
   * Before a byte of it is read.
   *
   * @throws ApiProblem if this caller may hand in nothing
   */
  void admit(Request request);

  /** The answer, as {@link Call}'s. */
  Object answer(Request request, byte[] file);

  /** The most it takes, in bytes. */
  int largest();
}
