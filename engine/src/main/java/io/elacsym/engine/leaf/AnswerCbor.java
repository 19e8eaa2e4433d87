package io.elacsym.engine.leaf;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.elacsym.api.index.TextFrequencies;
import io.elacsym.api.index.TextHits;
import io.elacsym.api.index.VectorHits;
import io.elacsym.engine.leaf.LeafAnswer.Content;
import io.elacsym.engine.wal.ValueCbor;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Answers, each as its kind and what it consists of. */
final class AnswerCbor {
  private AnswerCbor() {}

  static void write(JsonGenerator cbor, LeafAnswer answer) throws IOException {
    switch (answer) {
      case LeafAnswer.Refused refused -> {
        cbor.writeString("refused");
        cbor.writeString(refused.why());
      }
      case LeafAnswer.Rows rows -> {
        cbor.writeString("rows");
        RowsCbor.write(cbor, rows.rows());
      }
      case LeafAnswer.Vectors vectors -> {
        cbor.writeString("vectors");
        Items.write(cbor, vectors.hits().rows());
        Items.write(cbor, vectors.hits().scores());
        cbor.writeNumber(vectors.hits().scored());
        cbor.writeString(vectors.strategy());
      }
      case LeafAnswer.Counts counts -> {
        cbor.writeString("counts");
        TextCbor.write(cbor, counts.statistics());
      }
      case LeafAnswer.Terms terms -> {
        cbor.writeString("terms");
        TextCbor.write(cbor, terms.terms());
      }
      case LeafAnswer.Texts texts -> {
        cbor.writeString("texts");
        Items.write(cbor, texts.hits().rows());
        Items.write(cbor, texts.hits().scores());
      }
      case LeafAnswer.Scores scores -> {
        cbor.writeString("scores");
        Items.write(cbor, scores.scores());
      }
      case LeafAnswer.Frequencies(Optional<TextFrequencies> found) -> {
        cbor.writeString("frequencies");
        cbor.writeBoolean(found.isPresent());
        if (found.isPresent()) {
          Items.write(cbor, found.get().lengths());
          Items.writeList(cbor, found.get().counts(), counts -> Items.write(cbor, counts));
        }
      }
      case LeafAnswer.Together together -> {
        cbor.writeString("together");
        TalliedCbor.write(cbor, together.tallied());
      }
      case LeafAnswer.First first -> {
        cbor.writeString("first");
        OrderCbor.write(cbor, first.rows());
      }
      case LeafAnswer.Contents contents -> {
        cbor.writeString("contents");
        Items.writeList(
            cbor,
            contents.rows(),
            row -> {
              cbor.writeStartArray(null, 2);
              ValueCbor.writeVectors(cbor, row.vectors());
              ValueCbor.writeAttributes(cbor, row.attributes());
              cbor.writeEndArray();
            });
      }
    }
  }

  /**
   * @param rows how many the segment has
   */
  static LeafAnswer read(JsonParser cbor, int rows) throws IOException {
    String kind = Items.text(cbor);
    return switch (kind) {
      case "refused" -> new LeafAnswer.Refused(Items.text(cbor));
      case "rows" -> new LeafAnswer.Rows(RowsCbor.read(cbor, rows));
      case "vectors" -> {
        int[] found = Items.rowNumbers(cbor, rows);
        float[] scores = scores(cbor, found.length);
        int scored = Items.number(cbor, 0, Integer.MAX_VALUE);
        yield new LeafAnswer.Vectors(new VectorHits(found, scores, scored), Items.text(cbor));
      }
      case "counts" -> new LeafAnswer.Counts(TextCbor.readStatistics(cbor));
      case "terms" -> new LeafAnswer.Terms(TextCbor.readWeighted(cbor));
      case "texts" -> {
        int[] found = Items.rowNumbers(cbor, rows);
        yield new LeafAnswer.Texts(new TextHits(found, scores(cbor, found.length)));
      }
      case "scores" -> new LeafAnswer.Scores(Items.floats(cbor));
      case "frequencies" -> new LeafAnswer.Frequencies(frequencies(cbor));
      case "together" -> new LeafAnswer.Together(TalliedCbor.read(cbor));
      case "first" -> new LeafAnswer.First(OrderCbor.readRows(cbor, rows));
      case "contents" -> new LeafAnswer.Contents(contents(cbor));
      default -> throw new IOException("it answers with the unknown " + kind);
    };
  }

  private static Optional<TextFrequencies> frequencies(JsonParser cbor) throws IOException {
    if (!Items.flag(cbor)) {
      return Optional.empty();
    }
    int[] lengths = Items.rowNumbers(cbor, Integer.MAX_VALUE);
    return Optional.of(
        new TextFrequencies(Items.list(cbor, () -> ValueCbor.readVector(cbor)), lengths));
  }

  private static float[] scores(JsonParser cbor, int count) throws IOException {
    float[] scores = Items.floats(cbor);
    if (scores.length != count) {
      throw new IOException("it has " + scores.length + " scores for " + count + " rows");
    }
    return scores;
  }

  private static List<Content> contents(JsonParser cbor) throws IOException {
    return Items.list(
        cbor,
        () -> {
          ValueCbor.require(cbor, JsonToken.START_ARRAY);
          cbor.nextToken();
          var vectors = ValueCbor.readVectors(cbor);
          cbor.nextToken();
          var attributes = ValueCbor.readAttributes(cbor);
          ValueCbor.expect(cbor, JsonToken.END_ARRAY);
          return new Content(vectors, attributes);
        });
  }
}
