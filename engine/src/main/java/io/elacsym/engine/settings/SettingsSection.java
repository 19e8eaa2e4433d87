package io.elacsym.engine.settings;

import io.elacsym.api.Option;
import java.util.List;

/**
 * A table of the configuration file.
 *
 * @param name the table's name, such as {@code cache}
 * @param doc what it is about, one sentence
 * @param options the keys in it
 */
public record SettingsSection(String name, String doc, List<Option> options) {}
