package io.elacsym.engine.check;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.index.TermPattern;
import io.elacsym.engine.model.Expansion;
import io.elacsym.engine.model.Fuzziness;
import io.elacsym.engine.model.Minimum;
import io.elacsym.engine.model.Place;
import io.elacsym.engine.model.TextExpression;

/** Checks what a text query asks for. */
final class TextCheck {
  private final boolean severalFields;
  private int parts;

  private TextCheck(boolean severalFields) {
    this.severalFields = severalFields;
  }

  /**
   * @param severalFields whether it is looked for in more than one
   */
  static void check(TextExpression expression, boolean severalFields) {
    new TextCheck(severalFields).check(expression, 1, false);
  }

  /**
   * @param optional whether it stands among optional parts, further up
   */
  private void check(TextExpression expression, int depth, boolean optional) {
    if (++parts > TextExpression.MAX_PARTS) {
      throw ElacsymException.invalid(
          expression.place()
              + " is one part too many, expected at most "
              + TextExpression.MAX_PARTS);
    }
    if (depth > TextExpression.MAX_DEPTH) {
      throw ElacsymException.invalid(
          expression.place()
              + " is nested deeper than "
              + TextExpression.MAX_DEPTH
              + " parts, expected at most that");
    }
    switch (expression) {
      case TextExpression.Words words -> words(words, optional);
      case TextExpression.Phrase phrase ->
          inRange(phrase.place().field("slop"), phrase.slop(), 0, TextExpression.Phrase.MAX_SLOP);
      case TextExpression.Exact exact -> {
        if (exact.term().isEmpty()) {
          throw ElacsymException.invalid(exact.place() + " is empty, expected a term");
        }
      }
      case TextExpression.Boosted boosted -> {
        boost(boosted);
        check(boosted.part(), depth + 1, optional);
      }
      case TextExpression.Group group -> {
        group(group, optional);
        group.required().forEach(part -> check(part, depth + 1, optional));
        group.optional().forEach(part -> check(part, depth + 1, true));
        group.excluded().forEach(part -> check(part, depth + 1, false));
      }
    }
  }

  private void words(TextExpression.Words words, boolean optional) {
    inRange(words.place().field("max_expansions"), words.expansions(), 1, Expansion.MAX);
    words.fuzzy().ifPresent(fuzzy -> fuzzy(words.place().field("fuzzy"), fuzzy));
    minimum(words.place(), words.minimum());
    if (!words.minimum().equals(Minimum.ONE)) {
      wholeQuery(words.place(), "more than one of its words", optional);
    }
  }

  private static void fuzzy(Place place, Fuzziness fuzzy) {
    if (fuzzy.edits().isPresent()) {
      inRange(place.field("edits"), fuzzy.edits().getAsInt(), 0, TermPattern.Fuzzy.MAX_EDITS);
    }
    inRange(place.field("prefix_length"), fuzzy.exactPrefix(), 0, Fuzziness.MAX_EXACT_PREFIX);
    inRange(place.field("max_expansions"), fuzzy.expansions(), 1, Expansion.MAX);
  }

  private void group(TextExpression.Group group, boolean optional) {
    if (group.required().isEmpty() && group.optional().isEmpty()) {
      throw ElacsymException.invalid(
          group.place()
              + " has neither required nor optional parts, expected at least one: what is excluded"
              + " does not say what is found");
    }
    minimum(group.place(), group.minimum());
    boolean any =
        group.required().isEmpty()
            && group.excluded().isEmpty()
            && group.minimum().equals(Minimum.ONE);
    if (!any) {
      wholeQuery(group.place(), "more than one of its parts, or that some are not there", optional);
    }
  }

  /**
   * A query over several fields is found by what all its fields have together, and scored field by
   * field: so no field knows whether a part that is optional was found as a whole.
   */
  private void wholeQuery(Place place, String asked, boolean optional) {
    if (severalFields && optional) {
      throw ElacsymException.invalid(
          place
              + " is optional and asks for "
              + asked
              + ", which is possible in a single field only; expected any of its words, a phrase or"
              + " a term");
    }
  }

  private static void minimum(Place place, Minimum minimum) {
    switch (minimum) {
      case Minimum.Count count ->
          inRange(place.field("minimum_match"), count.count(), 0, Integer.MAX_VALUE);
      case Minimum.Percent percent ->
          inRange(place.field("minimum_match"), percent.percent(), 1, 100);
    }
  }

  private static void boost(TextExpression.Boosted boosted) {
    double boost = boosted.boost();
    if (!(boost >= TextExpression.Boosted.MIN_BOOST && boost <= TextExpression.Boosted.MAX_BOOST)) {
      throw ElacsymException.invalid(
          boosted.place().field("boost")
              + " is "
              + boost
              + ", expected "
              + TextExpression.Boosted.MIN_BOOST
              + " to "
              + TextExpression.Boosted.MAX_BOOST);
    }
  }

  private static void inRange(Place place, int value, int least, int most) {
    if (value < least || value > most) {
      throw ElacsymException.invalid(
          place + " is " + value + ", expected " + least + " to " + most);
    }
  }
}
