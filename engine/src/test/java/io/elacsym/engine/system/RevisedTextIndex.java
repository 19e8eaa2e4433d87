package io.elacsym.engine.system;

import io.elacsym.api.Encoding;
import io.elacsym.api.PluginContext;
import io.elacsym.tck.reference.PlainTextIndex;
import java.util.Set;

/** A later release of the plain text index, whose analysis takes ß and ss for one. */
final class RevisedTextIndex extends RewritingTextIndex {
  private static final String FEATURE = "analysis-2";

  @Override
  String rewritten(String text, PluginContext context) {
    return text.replace("ß", "ss");
  }

  @Override
  public String name() {
    return new PlainTextIndex().name();
  }

  @Override
  public Encoding encoding() {
    return new Encoding(name(), new PlainTextIndex().encoding().version(), Set.of(FEATURE));
  }

  @Override
  public boolean isCurrent(Encoding stored) {
    return stored.features().contains(FEATURE);
  }
}
