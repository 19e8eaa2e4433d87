package io.elacsym.engine.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.index.RowSet;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Samples;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Seeded;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FirstRowsTest {
  private static final int CASES = 5_000;

  private static RowOrder order(Random random, Schema schema) {
    return new RowOrder(RandomOrders.keys(random, schema));
  }

  private static MemoryRows rows(Random random, Schema schema) {
    Samples samples = new Samples(random);
    List<Long> ids = new ArrayList<>(LongStream.range(0, random.nextInt(40)).boxed().toList());
    Collections.shuffle(ids, random);
    Set<String> indexed = new HashSet<>(schema.attributes().keySet());
    indexed.removeIf(name ->
        random.nextBoolean()
            || schema
                .attribute(name)
                .map(a -> a.type())
                .filter(AttributeType::isArray)
                .isPresent());
    return new MemoryRows(
        ids.stream().map(id -> samples.document(DocId.of(id), schema)).toList(), schema, indexed);
  }

  @Test
  void theFirstRowsAreThoseOfTheWholeOrderPageByPage() {
    Schema schema = Samples.everyType();
    Seeded.run(random -> {
      for (int round = 0; round < CASES; round++) {
        MemoryRows rows = rows(random, schema);
        RowSet accept = rows.some(random);
        RowOrder order = order(random, schema);
        List<DocId> expected =
            accepted(rows, accept).stream()
                .sorted(NaiveOrder.of(order.keys()))
                .map(Document::id)
                .toList();
        int limit = 1 + random.nextInt(12);
        List<DocId> found = new ArrayList<>();
        Optional<Position> after = Optional.empty();
        List<OrderedRow> page;
        do {
          page = FirstRows.of(order, rows, accept, after, limit, new ValueBudget(1L << 20));
          page.forEach(row -> found.add(rows.id(row.row())));
          if (!page.isEmpty()) {
            OrderedRow last = page.getLast();
            after = Optional.of(new Position(last.values(), rows.id(last.row())));
          }
        } while (page.size() == limit);
        assertThat(found).as("case %d: %s by %d", round, order, limit).isEqualTo(expected);
      }
    });
  }

  private static List<Document> accepted(MemoryRows rows, RowSet accept) {
    List<Document> documents = new ArrayList<>();
    for (int row = accept.next(0); row >= 0; row = accept.next(row + 1)) {
      documents.add(rows.document(row));
    }
    return documents;
  }
}
