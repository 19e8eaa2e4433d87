package io.elacsym.engine.leaf;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TermPattern;
import io.elacsym.api.index.TextClause;
import io.elacsym.api.index.TextClause.PlacedTerm;
import io.elacsym.api.index.TextQuery;
import io.elacsym.api.index.TextStatistics;
import io.elacsym.api.index.WeightedTerm;
import io.elacsym.engine.wal.ValueCbor;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Text queries, what they consist of, and the statistics that they need. */
final class TextCbor {
  /** Far deeper than what becomes of a query that was checked. */
  private static final int MAX_DEPTH = 64;

  private TextCbor() {}

  static void write(JsonGenerator cbor, TextQuery query) throws IOException {
    switch (query) {
      // All components by name: a query that gains one must not lose it on the way.
      case TextQuery(TextClause clause, TextStatistics statistics, int k, RowSet accept) -> {
        write(cbor, clause);
        write(cbor, statistics);
        cbor.writeNumber(k);
        RowsCbor.write(cbor, accept);
      }
    }
  }

  /**
   * @param rows how many the segment has
   */
  static TextQuery read(JsonParser cbor, int rows) throws IOException {
    return new TextQuery(
        readClause(cbor),
        readStatistics(cbor),
        Items.number(cbor, 1, Integer.MAX_VALUE),
        RowsCbor.read(cbor, rows));
  }

  static void write(JsonGenerator cbor, TextStatistics statistics) throws IOException {
    cbor.writeNumber(statistics.documents());
    cbor.writeNumber(statistics.totalTerms());
    // In pairs, and not as an object, whose names have to be shorter than terms can be.
    cbor.writeStartArray(null, 2 * statistics.documentFrequencies().size());
    for (Map.Entry<String, Long> term : statistics.documentFrequencies().entrySet()) {
      cbor.writeString(term.getKey());
      cbor.writeNumber(term.getValue());
    }
    cbor.writeEndArray();
  }

  static TextStatistics readStatistics(JsonParser cbor) throws IOException {
    long documents = Items.number(cbor);
    long totalTerms = Items.number(cbor);
    Map<String, Long> frequencies = new HashMap<>();
    Items.list(cbor, () -> frequencies.put(currentText(cbor), Items.number(cbor)));
    return new TextStatistics(documents, totalTerms, frequencies);
  }

  static void write(JsonGenerator cbor, TextClause clause) throws IOException {
    cbor.writeStartArray();
    switch (clause) {
      case TextClause.Term(String term) -> {
        cbor.writeString("term");
        cbor.writeString(term);
      }
      case TextClause.Phrase(List<PlacedTerm> placed, int slop) -> {
        cbor.writeString("phrase");
        cbor.writeNumber(slop);
        cbor.writeStartArray(null, 2 * placed.size());
        for (PlacedTerm term : placed) {
          cbor.writeString(term.term());
          cbor.writeNumber(term.position());
        }
        cbor.writeEndArray();
      }
      case TextClause.Forms(List<WeightedTerm> forms) -> {
        cbor.writeString("forms");
        write(cbor, forms);
      }
      case TextClause.Weighted(TextClause inner, float weight) -> {
        cbor.writeString("weighted");
        write(cbor, inner);
        Items.write(cbor, weight);
      }
      case TextClause.Group(
              List<TextClause> required,
              List<TextClause> optional,
              int minimum,
              List<TextClause> excluded) -> {
        cbor.writeString("group");
        clauses(cbor, required);
        clauses(cbor, optional);
        cbor.writeNumber(minimum);
        clauses(cbor, excluded);
      }
    }
    cbor.writeEndArray();
  }

  static void clauses(JsonGenerator cbor, List<TextClause> clauses) throws IOException {
    Items.writeList(cbor, clauses, clause -> write(cbor, clause));
  }

  /** Reads the clauses of a list that is the next item. */
  static List<TextClause> readClauses(JsonParser cbor) throws IOException {
    return Items.list(cbor, () -> clause(cbor, MAX_DEPTH));
  }

  /** Reads the clause that is the next item. */
  static TextClause readClause(JsonParser cbor) throws IOException {
    return nextClause(cbor, MAX_DEPTH);
  }

  private static TextClause nextClause(JsonParser cbor, int depth) throws IOException {
    cbor.nextToken();
    return clause(cbor, depth);
  }

  /** Reads the clause whose first token is the current one. */
  private static TextClause clause(JsonParser cbor, int depth) throws IOException {
    if (depth == 0) {
      throw new IOException("its text query is nested deeper than " + MAX_DEPTH);
    }
    ValueCbor.require(cbor, JsonToken.START_ARRAY);
    String kind = Items.text(cbor);
    TextClause clause =
        switch (kind) {
          case "term" -> new TextClause.Term(Items.text(cbor));
          case "phrase" -> {
            int slop = Items.number(cbor, 0, Integer.MAX_VALUE);
            yield new TextClause.Phrase(
                Items.list(
                    cbor,
                    () ->
                        new PlacedTerm(
                            currentText(cbor),
                            Items.number(cbor, Integer.MIN_VALUE, Integer.MAX_VALUE))),
                slop);
          }
          case "forms" -> new TextClause.Forms(readWeighted(cbor));
          case "weighted" -> new TextClause.Weighted(nextClause(cbor, depth - 1), Items.bits(cbor));
          case "group" ->
              new TextClause.Group(
                  nextClauses(cbor, depth),
                  nextClauses(cbor, depth),
                  Items.number(cbor, 0, Integer.MAX_VALUE),
                  nextClauses(cbor, depth));
          default -> throw new IOException("it has a text query of the unknown kind " + kind);
        };
    ValueCbor.expect(cbor, JsonToken.END_ARRAY);
    return clause;
  }

  private static List<TextClause> nextClauses(JsonParser cbor, int depth) throws IOException {
    return Items.list(cbor, () -> clause(cbor, depth - 1));
  }

  private static String currentText(JsonParser cbor) throws IOException {
    ValueCbor.require(cbor, JsonToken.VALUE_STRING);
    return cbor.getText();
  }

  static void write(JsonGenerator cbor, List<WeightedTerm> terms) throws IOException {
    cbor.writeStartArray(null, 2 * terms.size());
    for (WeightedTerm term : terms) {
      cbor.writeString(term.term());
      Items.write(cbor, term.weight());
    }
    cbor.writeEndArray();
  }

  static List<WeightedTerm> readWeighted(JsonParser cbor) throws IOException {
    return Items.list(cbor, () -> new WeightedTerm(currentText(cbor), Items.bits(cbor)));
  }

  static void write(JsonGenerator cbor, TermPattern pattern) throws IOException {
    switch (pattern) {
      case TermPattern.Prefix(String prefix) -> {
        cbor.writeString("prefix");
        cbor.writeString(prefix);
      }
      case TermPattern.Fuzzy(String term, int edits, int exactPrefix) -> {
        cbor.writeString("fuzzy");
        cbor.writeString(term);
        cbor.writeNumber(edits);
        cbor.writeNumber(exactPrefix);
      }
    }
  }

  static TermPattern readPattern(JsonParser cbor) throws IOException {
    String kind = Items.text(cbor);
    return switch (kind) {
      case "prefix" -> new TermPattern.Prefix(Items.text(cbor));
      case "fuzzy" ->
          new TermPattern.Fuzzy(
              Items.text(cbor),
              Items.number(cbor, 0, TermPattern.Fuzzy.MAX_EDITS),
              Items.number(cbor, 0, Integer.MAX_VALUE));
      default -> throw new IOException("it has a pattern of the unknown kind " + kind);
    };
  }
}
