package org.rollcall.web.api;

/** One call of the API. May block; throws {@link ApiProblem} for what it cannot answer. */
@FunctionalInterface
public interface Call {
  /** The answer, as records and maps that serialise to the shapes of openapi.yaml. */
  Object answer(Request request);
}
