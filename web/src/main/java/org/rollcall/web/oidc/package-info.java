/**
 * Signing in by an OpenID Connect provider: authorization code flow with PKCE (OpenID Connect Core
 * 1.0, section 3.1; RFC 7636). What a browser brings back comes in; who the provider says it is, or
 * why it is not believed, goes out. Asks the provider over HTTP and blocks, so workers only.
 */
@NullMarked
package org.rollcall.web.oidc;

import org.jspecify.annotations.NullMarked;
