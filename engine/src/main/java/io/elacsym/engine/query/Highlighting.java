package io.elacsym.engine.query;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.index.TextClause;
import io.elacsym.api.index.TextHighlight;
import io.elacsym.engine.model.Allowance;
import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Highlight;
import io.elacsym.engine.model.Projection;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.segment.SegmentIndexes.TextOfPart;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Shows where the texts of hits have what was asked for, by the plugins that analyse them. */
final class Highlighting {
  private final Highlight wanted;
  private final Allowance allowance = Allowance.current();

  /** What is looked for, in each field that is shown. */
  private final Map<String, List<FieldText>> fields = new LinkedHashMap<>();

  /**
   * @param texts what the text queries are in their fields
   */
  Highlighting(Highlight wanted, List<FieldText> texts) {
    this.wanted = wanted;
    Optional<List<String>> names =
        wanted.fields().map(named -> named.stream().map(Highlight.Field::name).toList());
    for (FieldText text : texts) {
      String field = text.field().name();
      if (names.isEmpty() || names.get().contains(field)) {
        fields.computeIfAbsent(field, name -> new ArrayList<>()).add(text);
      }
    }
  }

  /** What has to be read of each hit. */
  Projection reading(Projection asked) {
    return new Projection(
        asked.vectors(),
        asked
            .attributes()
            .map(names ->
                Stream.concat(names.stream(), fields.keySet().stream()).distinct().toList()));
  }

  /** A document without what was read for nothing but this. */
  static Document shown(Document read, Projection asked) {
    if (asked.attributes().isEmpty()) {
      return read;
    }
    Set<String> names = new LinkedHashSet<>(asked.attributes().get());
    Map<String, Value> attributes = new LinkedHashMap<>();
    read.attributes()
        .forEach((name, value) -> {
          if (names.contains(name)) {
            attributes.put(name, value);
          }
        });
    return new Document(read.id(), read.vectors(), attributes);
  }

  /** The best pieces of each field that has what was asked for. */
  Map<String, List<String>> of(Candidate hit, Document read) {
    Map<String, List<String>> highlights = new LinkedHashMap<>();
    fields.forEach((field, texts) -> {
      Deadline.check();
      List<String> values = values(Optional.ofNullable(read.attributes().get(field)));
      List<String> pieces = values.isEmpty() ? List.of() : pieces(hit.part(), texts, values);
      if (!pieces.isEmpty()) {
        take(pieces);
        highlights.put(field, pieces);
      }
    });
    return highlights;
  }

  private List<String> pieces(Part part, List<FieldText> texts, List<String> values) {
    Optional<TextOfPart> text = part.text(texts.getFirst().field());
    if (text.isEmpty()) {
      return List.of();
    }
    List<TextClause> clauses = new ArrayList<>();
    for (FieldText asked : texts) {
      asked
          .asked(text.get())
          .flatMap(found -> found.clauses().any(found.text()))
          .ifPresent(clauses::add);
    }
    if (clauses.isEmpty()) {
      return List.of();
    }
    TextClause clause =
        clauses.size() == 1
            ? clauses.getFirst()
            : new TextClause.Group(List.of(), clauses, 1, List.of());
    return text.get()
        .plugin()
        .provider()
        .highlight(
            texts.getFirst().field(),
            new TextHighlight(
                clause,
                wanted.fragments(),
                wanted.fragmentSize(),
                wanted.before(),
                wanted.after(),
                wanted.escaping()),
            values,
            text.get().plugin().context())
        .orElseThrow(() ->
            ElacsymException.invalid(
                wanted.place()
                    + " is given, but the text index plugin '"
                    + text.get().plugin().name().name()
                    + "' cannot highlight"));
  }

  /** The texts of a field as far as they are looked at. */
  private static List<String> values(Optional<Value> value) {
    Stream<Value.Scalar> scalars =
        switch (value.orElse(new Value.Array(List.of()))) {
          case Value.Array array -> array.values().stream();
          case Value.Scalar scalar -> Stream.of(scalar);
        };
    List<String> values = new ArrayList<>();
    int left = Highlight.MOST_LOOKED_AT;
    for (Value.Scalar scalar : scalars.toList()) {
      if (left <= 0) {
        break;
      }
      if (scalar instanceof Value.Text(String text)) {
        values.add(beginning(text, left));
        left -= text.length();
      }
    }
    return values;
  }

  private static String beginning(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    // Not in the middle of a character.
    return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
  }

  private void take(List<String> pieces) {
    allowance.take(
        pieces.stream().mapToLong(piece -> (long) Character.BYTES * piece.length()).sum());
    if (allowance.left() < 0) {
      throw new ElacsymException(
          ErrorKind.TOO_LARGE,
          "the answer is too large: with its highlights it has all the memory that an answer may"
              + " take; ask for fewer with top_k, or for fewer and shorter fragments");
    }
  }
}
