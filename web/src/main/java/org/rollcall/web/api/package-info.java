/**
 * Every call of the HTTP API as a function from a request to an answer, without HTTP: what a viewer
 * may see of the register, the verdicts and the observations, in the shapes of openapi.yaml. Runs
 * on worker threads and may read databases.
 */
@NullMarked
package org.rollcall.web.api;

import org.jspecify.annotations.NullMarked;
