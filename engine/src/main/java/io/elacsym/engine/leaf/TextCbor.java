package io.elacsym.engine.leaf;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TextQuery;
import io.elacsym.api.index.TextStatistics;
import io.elacsym.engine.wal.ValueCbor;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Text queries and the statistics that they need. */
final class TextCbor {
  private TextCbor() {}

  static void write(JsonGenerator cbor, TextQuery query) throws IOException {
    switch (query) {
      // All components by name: a query that gains one must not lose it on the way.
      case TextQuery(List<String> terms, TextStatistics statistics, int k, RowSet accept) -> {
        Items.write(cbor, terms);
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
        Items.texts(cbor),
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
    Items.list(
        cbor,
        () -> {
          ValueCbor.require(cbor, JsonToken.VALUE_STRING);
          return frequencies.put(cbor.getText(), Items.number(cbor));
        });
    return new TextStatistics(documents, totalTerms, frequencies);
  }
}
