/**
 * Outlines of administrative areas: a GeoJSON file comes in, checked as a whole and turned to
 * WGS-84; outlines by division code and the map's approval number go out. {@code import} runs on
 * the command's thread; whoever asks for outlines notices a new file.
 */
@NullMarked
package org.rollcall.web.boundaries;

import org.jspecify.annotations.NullMarked;
