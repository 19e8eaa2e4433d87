package io.elacsym.engine.order;

import io.elacsym.api.index.RowSet;
import io.elacsym.engine.filter.AttributeIndex;
import io.elacsym.engine.filter.AttributeIndexCodec;
import io.elacsym.engine.filter.AttributePostings;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Value;
import io.elacsym.tck.MemoryBlobSink;
import io.elacsym.tck.MemoryBlobSource;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Documents in memory as the rows of a part, some attributes of which have an index. */
public final class MemoryRows implements RowSource {
  private final List<Document> documents;
  private final Map<String, AttributeIndex> indexes = new HashMap<>();

  public MemoryRows(List<Document> documents, Schema schema, Set<String> indexed) {
    this.documents = List.copyOf(documents);
    for (String field : indexed) {
      indexes.put(field, index(schema.attribute(field).orElseThrow().type(), field));
    }
  }

  /** As it would be stored. */
  private AttributeIndex index(AttributeType type, String field) {
    MemoryBlobSink sink = new MemoryBlobSink();
    AttributeIndexCodec.write(
        AttributePostings.of(
            documents.size(),
            row -> Optional.ofNullable(documents.get(row).attributes().get(field))),
        type,
        sink);
    return AttributeIndexCodec.open(
        new MemoryBlobSource(sink.bytes()), AttributeIndexCodec.ENCODING, type, documents.size());
  }

  /** Some of all rows. */
  public RowSet some(Random random) {
    BitSet rows = new BitSet();
    int share = random.nextInt(4);
    for (int row = 0; row < documents.size(); row++) {
      if (random.nextInt(3) < share) {
        rows.set(row);
      }
    }
    return RowSet.of(documents.size(), rows);
  }

  /** The document of a row. */
  public Document document(int row) {
    return documents.get(row);
  }

  /** How many rows there are. */
  public int rows() {
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

  @Override
  public void visit(RowSet rows, List<String> attributes, Visitor visitor) {
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      Map<String, Value> values = documents.get(row).attributes();
      visitor.row(row, place -> Optional.ofNullable(values.get(attributes.get(place))));
    }
  }
}
