package org.rollcall.web.api;

import org.jspecify.annotations.Nullable;

/**
 * One call of the API that changes something; only somebody signed in reaches it. May block; throws
 * {@link ApiProblem} for what it will not do.
 */
@FunctionalInterface
public interface ChangeCall {
  /** The answer, as records and maps that serialise to the shapes of openapi.yaml; null: none. */
  @Nullable Object answer(Change change);
}
