package io.elacsym.engine.query;

import io.elacsym.api.index.RowSet;
import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.model.Minimum;
import io.elacsym.engine.model.TextExpression;
import io.elacsym.engine.segment.SegmentIndexes.TextOfPart;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The rows of one part that several fields have together what a query asks for: each word, phrase
 * or term counts as found where any of the fields has it.
 */
final class TextRestriction {
  private final RowSet accept;

  private TextRestriction(RowSet accept) {
    this.accept = accept;
  }

  /** A field, and what the query is there. */
  private record Side(TextOfPart text, ParsedText query, TextClauses clauses) {}

  /** Whether a query asks for more than any of its words. */
  static boolean isNeeded(TextExpression query) {
    return switch (query) {
      case TextExpression.Words words -> !words.minimum().equals(Minimum.ONE);
      case TextExpression.Phrase phrase -> false;
      case TextExpression.Exact exact -> false;
      case TextExpression.Boosted boosted -> isNeeded(boosted.part());
      case TextExpression.Group group ->
          !group.required().isEmpty()
              || !group.excluded().isEmpty()
              || !group.minimum().equals(Minimum.ONE)
              || group.optional().stream().anyMatch(TextRestriction::isNeeded);
    };
  }

  /** The accepted rows of a part that are found. */
  static RowSet of(Part part, List<FieldText> fields, RowSet accept) {
    List<Side> sides = new ArrayList<>();
    for (FieldText field : fields) {
      part.text(field.field())
          .ifPresent(text ->
              field
                  .asked(text)
                  .ifPresent(asked -> sides.add(new Side(text, asked.text(), asked.clauses()))));
    }
    if (accept.isEmpty() || sides.isEmpty()) {
      return none(accept);
    }
    return new TextRestriction(accept).rows(sides).orElseGet(() -> none(accept));
  }

  private static RowSet none(RowSet accept) {
    return RowSet.of(accept.rowCount(), new BitSet());
  }

  /** The same part of the query in each field; empty when no field has left a word of it. */
  private Optional<RowSet> rows(List<Side> sides) {
    return switch (sides.getFirst().query()) {
      case ParsedText.Words words -> words(sides, words.minimum());
      case ParsedText.Whole whole ->
          any(
              sides.stream()
                  .flatMap(side -> side.query().wanted().map(wanted -> new Found(side, wanted)))
                  .toList());
      case ParsedText.Boosted boosted ->
          rows(inside(sides, text -> ((ParsedText.Boosted) text).part()));
      case ParsedText.Group group -> group(sides, group);
    };
  }

  private record Found(Side side, ParsedText.Wanted wanted) {}

  private record Range(int start, int end) {}

  private Optional<RowSet> words(List<Side> sides, Minimum minimum) {
    Map<Range, List<Found>> words = new LinkedHashMap<>();
    for (Side side : sides) {
      for (ParsedText.Word word : ((ParsedText.Words) side.query()).words()) {
        words
            .computeIfAbsent(new Range(word.start(), word.end()), range -> new ArrayList<>())
            .add(new Found(side, word.wanted()));
      }
    }
    return atLeast(words.values().stream().map(this::any).toList(), minimum);
  }

  private Optional<RowSet> group(List<Side> sides, ParsedText.Group shape) {
    List<RowSet> required = each(sides, shape.required().size(), ParsedText.Group::required);
    List<Optional<RowSet>> optional =
        each(sides, shape.optional().size(), ParsedText.Group::optional).stream()
            .map(Optional::of)
            .toList();
    if (required.isEmpty() && optional.isEmpty()) {
      return Optional.empty();
    }
    RowSet found = accept;
    for (RowSet rows : required) {
      found = found.and(rows);
    }
    if (!optional.isEmpty() && (required.isEmpty() || shape.minimum().of(optional.size()) > 0)) {
      found = found.and(atLeast(optional, shape.minimum()).orElse(found));
    }
    BitSet left = bits(found);
    for (RowSet rows : each(sides, shape.excluded().size(), ParsedText.Group::excluded)) {
      left.andNot(bits(rows));
    }
    return Optional.of(RowSet.of(accept.rowCount(), left));
  }

  private List<RowSet> each(
      List<Side> sides, int count, Function<ParsedText.Group, List<ParsedText>> of) {
    return Stream.iterate(0, i -> i + 1)
        .limit(count)
        .map(i -> rows(inside(sides, text -> of.apply((ParsedText.Group) text).get(i))))
        .flatMap(Optional::stream)
        .toList();
  }

  private static List<Side> inside(List<Side> sides, Function<ParsedText, ParsedText> step) {
    return sides.stream()
        .map(side -> new Side(side.text(), step.apply(side.query()), side.clauses()))
        .toList();
  }

  /** Rows that any of the fields finds by its form of one word. */
  private Optional<RowSet> any(Collection<Found> forms) {
    BitSet rows = new BitSet();
    for (Found form : forms) {
      Deadline.check();
      rows.or(
          bits(
              form.side()
                  .text()
                  .reader()
                  .matching(form.side().clauses().of(form.wanted()), accept)));
    }
    return forms.isEmpty() ? Optional.empty() : Optional.of(RowSet.of(accept.rowCount(), rows));
  }

  private Optional<RowSet> atLeast(List<Optional<RowSet>> each, Minimum minimum) {
    List<RowSet> sets = each.stream().flatMap(Optional::stream).toList();
    if (sets.isEmpty()) {
      return Optional.empty();
    }
    int least = Math.max(1, minimum.of(sets.size()));
    int[] counts = new int[accept.rowCount()];
    BitSet enough = new BitSet();
    for (RowSet set : sets) {
      for (int row = set.next(0); row >= 0; row = set.next(row + 1)) {
        if (++counts[row] == least) {
          enough.set(row);
        }
      }
    }
    return Optional.of(RowSet.of(accept.rowCount(), enough));
  }

  private static BitSet bits(RowSet rows) {
    BitSet bits = new BitSet(rows.rowCount());
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      bits.set(row);
    }
    return bits;
  }
}
