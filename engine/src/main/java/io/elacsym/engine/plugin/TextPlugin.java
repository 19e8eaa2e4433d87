package io.elacsym.engine.plugin;

import io.elacsym.api.PluginContext;
import io.elacsym.api.index.TextIndexProvider;
import io.elacsym.engine.border.PluginName;

/**
 * How texts become terms: by which plugin, and with which of its options. Two are equal when they
 * make the same terms of the same text.
 *
 * @param name for messages
 * @param context with the options
 */
public record TextPlugin(PluginName name, TextIndexProvider provider, PluginContext context) {
  TextPlugin(TextIndexProvider provider, PluginContext context) {
    this(PluginName.of(provider), provider, context);
  }
}
