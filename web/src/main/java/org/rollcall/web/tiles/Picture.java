package org.rollcall.web.tiles;

/**
 * A tile as it came.
 *
 * @param type image/png or image/jpeg
 */
@SuppressWarnings("ArrayRecordComponent") // handed on as it is, and compared by nobody
public record Picture(String type, byte[] bytes) {}
