package io.elacsym.engine.manifest;

/**
 * By what an index was built: its plugin as it was then, and the options that the plugin had. An
 * encoding says how to read an index; it may be the same for two settings of one plugin, of which a
 * recipe tells which it was.
 *
 * @param text the same for the same plugin and options, whichever process writes it, and for people
 *     to read: {@code ivf v1 list_rows=256 quantizer=sq8}
 */
public record Recipe(String text) {}
