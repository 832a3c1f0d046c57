package org.rollcall.web.http;

import org.rollcall.config.Default;
import org.rollcall.config.Range;

/** Where pages and API answer. Port 0 takes any free one. */
public record HttpSettings(
    @Default("127.0.0.1") String bind,
    @Default("8080") @Range(min = "0", max = "65535") int port) {}
