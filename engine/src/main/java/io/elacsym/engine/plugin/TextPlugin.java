package io.elacsym.engine.plugin;

import io.elacsym.api.PluginContext;
import io.elacsym.api.index.TextIndexProvider;

/**
 * How texts become terms: by which plugin, and with which of its options. Two are equal when they
 * make the same terms of the same text.
 *
 * @param context with the options
 */
public record TextPlugin(TextIndexProvider provider, PluginContext context) {}
