package io.elacsym.engine.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Value;
import io.elacsym.tck.MemoryBlobSink;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Documents as a segment that a filter can ask, with indexes that have been written and read back.
 */
final class DocumentRows implements FilterSource {
  private final List<Document> documents;
  private final Map<String, AttributeIndex> indexes = new HashMap<>();
  private final Set<String> younger;

  /**
   * @param indexed attributes with an index
   * @param younger attributes that the segment does not have at all
   */
  DocumentRows(List<Document> documents, Schema schema, Set<String> indexed, Set<String> younger) {
    this(documents, schema, indexed, younger, IndexWriter.Cut.USUAL);
  }

  /**
   * @param cut where blocks of indexes end
   */
  DocumentRows(
      List<Document> documents,
      Schema schema,
      Set<String> indexed,
      Set<String> younger,
      IndexWriter.Cut cut) {
    this.documents = documents;
    this.younger = younger;
    for (String name : indexed) {
      AttributeType type = schema.attribute(name).orElseThrow().type();
      MemoryBlobSink sink = new MemoryBlobSink();
      IndexWriter.write(
          AttributePostings.of(documents.size(), row -> value(row, name)),
          type.element(),
          cut,
          sink);
      indexes.put(
          name,
          AttributeIndexCodec.open(
              sink.source(), AttributeIndexCodec.ENCODING, type, documents.size()));
    }
  }

  private Optional<Value> value(int row, String attribute) {
    return Optional.ofNullable(documents.get(row).attributes().get(attribute));
  }

  @Override
  public int rowCount() {
    return documents.size();
  }

  @Override
  public DocId id(int row) {
    return documents.get(row).id();
  }

  @Override
  public Optional<AttributeIndex> index(String attribute) {
    return Optional.ofNullable(indexes.get(attribute));
  }

  /** Few, so that most filters take several rounds. */
  @Override
  public int rowsAtOnce() {
    return 64;
  }

  @Override
  public Optional<ValueBounds> bounds(String attribute) {
    return bounds(attribute, 0, rowCount());
  }

  /** Pages of seven rows, of which every third is unknown. */
  @Override
  public List<Page> pages(String attribute) {
    List<Page> pages = new ArrayList<>();
    for (int from = 0; from < rowCount(); from += 7) {
      int first = from;
      int end = Math.min(rowCount(), from + 7);
      if (from % 3 > 0) {
        bounds(attribute, from, end).ifPresent(known -> pages.add(new Page(first, end, known)));
      }
    }
    return pages;
  }

  private Optional<ValueBounds> bounds(String attribute, int from, int to) {
    List<Optional<Value>> values =
        IntStream.range(from, to).mapToObj(row -> value(row, attribute)).toList();
    List<Value.Scalar> elements =
        values.stream()
            .flatMap(Optional::stream)
            .flatMap(value ->
                value instanceof Value.Array array
                    ? array.values().stream()
                    : Stream.of((Value.Scalar) value))
            .sorted(ScalarOrder.INSTANCE)
            .toList();
    return elements.isEmpty() || younger.contains(attribute)
        ? Optional.empty()
        : Optional.of(
            new ValueBounds(
                elements.getFirst(),
                elements.getLast(),
                values.stream()
                    .allMatch(value -> value.filter(Value.Scalar.class::isInstance).isPresent())));
  }

  @Override
  public Optional<IntFunction<Optional<Value>>> values(
      String attribute, int from, int to, BitSet rows) {
    assertThat(rows.nextSetBit(0)).isBetween(from, to - 1);
    assertThat(rows.length()).isLessThanOrEqualTo(to);
    return younger.contains(attribute)
        ? Optional.empty()
        : Optional.of(row -> {
          assertThat(rows.get(row)).as("row %s was asked for", row).isTrue();
          return value(row, attribute);
        });
  }
}
