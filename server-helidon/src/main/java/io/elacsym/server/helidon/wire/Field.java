package io.elacsym.server.helidon.wire;

/**
 * A line of a head.
 *
 * @param name in lower case
 * @param value without the white space around it; characters are bytes
 */
public record Field(String name, String value) {}
