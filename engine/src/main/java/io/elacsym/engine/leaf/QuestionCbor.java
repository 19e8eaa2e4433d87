package io.elacsym.engine.leaf;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.ScoreBar;
import io.elacsym.api.index.VectorQuery;
import io.elacsym.engine.leaf.LeafQuestion.Wanted;
import io.elacsym.engine.order.Position;
import io.elacsym.engine.order.RowOrder;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Questions, each as its kind and what it consists of. */
final class QuestionCbor {
  private QuestionCbor() {}

  static void write(JsonGenerator cbor, LeafQuestion question) throws IOException {
    switch (question) {
      case LeafQuestion.Matching matching -> {
        cbor.writeString("matching");
        FilterCbor.write(cbor, matching.filter());
      }
      case LeafQuestion.Nearest nearest -> {
        cbor.writeString("nearest");
        cbor.writeString(nearest.field());
        write(cbor, nearest.query());
        cbor.writeBoolean(nearest.ahead().isPresent());
        write(cbor, nearest.ahead().orElse(new Wanted(List.of(), List.of())));
      }
      case LeafQuestion.Counting counting -> {
        cbor.writeString("counting");
        cbor.writeString(counting.field());
        Items.write(cbor, counting.terms());
        RowsCbor.write(cbor, counting.live());
      }
      case LeafQuestion.Meaning meaning -> {
        cbor.writeString("meaning");
        cbor.writeString(meaning.field());
        TextCbor.write(cbor, meaning.pattern());
        RowsCbor.write(cbor, meaning.live());
        cbor.writeNumber(meaning.limit());
      }
      case LeafQuestion.Finding finding -> {
        cbor.writeString("finding");
        cbor.writeString(finding.field());
        TextCbor.write(cbor, finding.clause());
        RowsCbor.write(cbor, finding.accept());
      }
      case LeafQuestion.Search search -> {
        cbor.writeString("search");
        cbor.writeString(search.field());
        TextCbor.write(cbor, search.query());
      }
      case LeafQuestion.Scoring scoring -> {
        cbor.writeString("scoring");
        cbor.writeString(scoring.field());
        TextCbor.write(cbor, scoring.query());
        Items.write(cbor, scoring.rows());
      }
      case LeafQuestion.Together together -> {
        cbor.writeString("together");
        TallyCbor.write(cbor, together.tallies());
        RowsCbor.write(cbor, together.accept());
      }
      case LeafQuestion.First first -> {
        cbor.writeString("first");
        OrderCbor.write(cbor, first.order());
        RowsCbor.write(cbor, first.accept());
        cbor.writeNumber(first.limit());
        cbor.writeBoolean(first.after().isPresent());
        if (first.after().isPresent()) {
          OrderCbor.write(cbor, first.after().get());
        }
      }
      case LeafQuestion.Fetch fetch -> {
        cbor.writeString("fetch");
        Items.write(cbor, fetch.rows());
        write(cbor, fetch.wanted());
      }
    }
  }

  private static void write(JsonGenerator cbor, VectorQuery query) throws IOException {
    Items.write(cbor, query.vector());
    cbor.writeNumber(query.k());
    RowsCbor.write(cbor, query.accept());
    Items.write(cbor, query.recallTarget());
    cbor.writeBoolean(query.effort().isPresent());
    cbor.writeNumber(query.effort().orElse(0));
    Items.write(cbor, query.bar().score());
  }

  private static void write(JsonGenerator cbor, Wanted wanted) throws IOException {
    Items.write(cbor, wanted.attributes());
    Items.write(cbor, wanted.vectors());
  }

  /**
   * @param rows how many the segment has
   */
  static LeafQuestion read(JsonParser cbor, int rows) throws IOException {
    String kind = Items.text(cbor);
    return switch (kind) {
      case "matching" -> new LeafQuestion.Matching(FilterCbor.read(cbor));
      case "nearest" -> {
        String field = Items.text(cbor);
        VectorQuery query = vectorQuery(cbor, rows);
        boolean reads = Items.flag(cbor);
        Wanted ahead = wanted(cbor);
        yield new LeafQuestion.Nearest(field, query, reads ? Optional.of(ahead) : Optional.empty());
      }
      case "counting" -> {
        String field = Items.text(cbor);
        yield new LeafQuestion.Counting(field, Items.texts(cbor), RowsCbor.read(cbor, rows));
      }
      case "meaning" ->
          new LeafQuestion.Meaning(
              Items.text(cbor),
              TextCbor.readPattern(cbor),
              RowsCbor.read(cbor, rows),
              Items.number(cbor, 1, Integer.MAX_VALUE));
      case "finding" ->
          new LeafQuestion.Finding(
              Items.text(cbor), TextCbor.readClause(cbor), RowsCbor.read(cbor, rows));
      case "search" -> new LeafQuestion.Search(Items.text(cbor), TextCbor.read(cbor, rows));
      case "scoring" ->
          new LeafQuestion.Scoring(
              Items.text(cbor), TextCbor.read(cbor, rows), Items.rowNumbers(cbor, rows));
      case "together" -> new LeafQuestion.Together(TallyCbor.read(cbor), RowsCbor.read(cbor, rows));
      case "first" -> first(cbor, rows);
      case "fetch" -> new LeafQuestion.Fetch(Items.rowNumbers(cbor, rows), wanted(cbor));
      default -> throw new IOException("it asks for the unknown " + kind);
    };
  }

  private static LeafQuestion.First first(JsonParser cbor, int rows) throws IOException {
    RowOrder order = OrderCbor.read(cbor);
    RowSet accept = RowsCbor.read(cbor, rows);
    int limit = Items.number(cbor, 1, Integer.MAX_VALUE);
    Optional<Position> after =
        Items.flag(cbor) ? Optional.of(OrderCbor.readPosition(cbor)) : Optional.empty();
    if (after.filter(place -> place.values().size() != order.keys().size()).isPresent()) {
      throw new IOException("it has a place in another order");
    }
    return new LeafQuestion.First(order, accept, after, limit);
  }

  private static VectorQuery vectorQuery(JsonParser cbor, int rows) throws IOException {
    float[] vector = Items.floats(cbor);
    int k = Items.number(cbor, 1, Integer.MAX_VALUE);
    RowSet accept = RowsCbor.read(cbor, rows);
    double recall = Items.longBits(cbor);
    boolean forced = Items.flag(cbor);
    int effort = Items.number(cbor, 0, Integer.MAX_VALUE);
    ScoreBar bar = new ScoreBar();
    bar.raise(Items.bits(cbor));
    if (!(recall >= 0 && recall <= 1)) {
      throw new IOException("its recall target is " + recall + ", expected 0 to 1");
    }
    for (float component : vector) {
      if (!Float.isFinite(component)) {
        throw new IOException("its vector has a component that is no finite number");
      }
    }
    return new VectorQuery(
        vector, k, accept, recall, forced ? OptionalInt.of(effort) : OptionalInt.empty(), bar);
  }

  private static Wanted wanted(JsonParser cbor) throws IOException {
    return new Wanted(Items.texts(cbor), Items.texts(cbor));
  }
}
