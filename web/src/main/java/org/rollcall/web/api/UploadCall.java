package org.rollcall.web.api;

import org.jspecify.annotations.Nullable;

/**
 * One call of the API that takes a file as it is; only somebody signed in reaches it. May block;
 * throws {@link ApiProblem} for what it will not do.
 */
public interface UploadCall {
  /** Bytes of the largest file it takes. */
  int mostBytes();

  /**
   * Before anything of the file is read.
   *
   * @throws ApiProblem if this caller may send none
   */
  default void admit(Request request) {}

  /** The answer, as records and maps that serialise to the shapes of openapi.yaml; null: none. */
  @Nullable Object answer(Request request, byte[] file);
}
