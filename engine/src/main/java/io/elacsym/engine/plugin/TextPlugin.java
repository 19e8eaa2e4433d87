package io.elacsym.engine.plugin;

import io.elacsym.api.PluginContext;
import io.elacsym.api.index.TextAnalyzer;
import io.elacsym.api.index.TextField;
import io.elacsym.api.index.TextIndexProvider;
import io.elacsym.engine.border.PluginName;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How texts become terms: by which plugin, and with which of its options. There is one for each of
 * these, so two that are not the same may make other terms of the same text. Safe for use by many
 * threads.
 */
public final class TextPlugin {
  /** More are forgotten: what is used is made again. */
  private static final int KEPT_ANALYZERS = 1_024;

  private final PluginName name;
  private final TextIndexProvider provider;
  private final PluginContext context;

  /** They are made once, because what they need for a text they keep for the next one. */
  private final Map<TextField, TextAnalyzer> analyzers = new ConcurrentHashMap<>();

  TextPlugin(TextIndexProvider provider, PluginContext context) {
    this.name = PluginName.of(provider);
    this.provider = provider;
    this.context = context;
  }

  /** For messages. */
  public PluginName name() {
    return name;
  }

  public TextIndexProvider provider() {
    return provider;
  }

  /** With the options. */
  public PluginContext context() {
    return context;
  }

  /** What makes the terms of a field. */
  public TextAnalyzer analyzer(TextField field) {
    if (analyzers.size() > KEPT_ANALYZERS) {
      analyzers.clear();
    }
    return analyzers.computeIfAbsent(field, f -> provider.analyzer(f, context));
  }
}
