package io.elacsym.engine.system;

import io.elacsym.api.Encoding;
import io.elacsym.api.Option;
import io.elacsym.api.OptionType;
import io.elacsym.api.PluginContext;
import io.elacsym.api.index.TextHits;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Another text index, none of whose terms the plain one has: it puts a mark before each word, which
 * is an option. It can also be told to break its contract.
 */
final class MarkedTextIndex extends RewritingTextIndex {
  static final String NAME = "marked";

  /** A word that it fails to take while {@link #failing}. */
  static final String POISON = "poison";

  private static final Pattern WORD = Pattern.compile("\\p{L}+");

  private volatile UnaryOperator<TextHits> answers = hits -> hits;
  private volatile boolean failing;
  private volatile boolean failingToAdd;

  /** Makes something else of each answer from now on. */
  void answering(UnaryOperator<TextHits> change) {
    answers = change;
  }

  /** Throws, or does not any more, when a text has the {@link #POISON}. */
  void failing(boolean fails) {
    failing = fails;
  }

  /** Throws, or does not any more, when a live index is given a text that has the poison. */
  void failingToAdd(boolean fails) {
    failingToAdd = fails;
  }

  @Override
  List<String> added(List<String> texts) {
    if (failingToAdd && texts.toString().contains(POISON)) {
      throw new IllegalStateException("cannot add it");
    }
    return texts;
  }

  @Override
  String rewritten(String text, PluginContext context) {
    if (failing && text.contains(POISON)) {
      throw new IllegalStateException("cannot take it");
    }
    return WORD.matcher(text).replaceAll(context.options().text("mark") + "$0");
  }

  @Override
  TextHits answered(TextHits hits) {
    return answers.apply(hits);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Option> options() {
    return List.of(Option.of("mark", OptionType.TEXT, "x", "What stands before each word."));
  }

  @Override
  public Encoding encoding() {
    return Encoding.of(NAME, 1);
  }
}
