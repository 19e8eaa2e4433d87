package io.elacsym.engine.order;

import io.elacsym.engine.filter.ScalarOrder;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Value;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** An order of whole documents by its definition, key by key. */
public final class NaiveOrder {
  private NaiveOrder() {}

  /** Equal ones come by ascending id. */
  public static Comparator<Document> of(List<RowOrder.Key> keys) {
    return keys.stream()
        .map(NaiveOrder::of)
        .reduce(Comparator::thenComparing)
        .orElseThrow()
        .thenComparing(Document::id);
  }

  private static Comparator<Document> of(RowOrder.Key key) {
    return (a, b) -> {
      Optional<Value.Scalar> x = value(a, key.field());
      Optional<Value.Scalar> y = value(b, key.field());
      if (x.isPresent() && y.isPresent()) {
        int compared = ScalarOrder.INSTANCE.compare(x.get(), y.get());
        return key.descending() ? -compared : compared;
      }
      if (x.isPresent() == y.isPresent()) {
        return 0;
      }
      return x.isEmpty() == key.missingFirst() ? -1 : 1;
    };
  }

  /** What a document has of an attribute, or its id. */
  public static Optional<Value.Scalar> value(Document document, String field) {
    return field.equals(Schema.ID)
        ? Optional.of(new Value.Uint(((DocId.Uint) document.id()).value()))
        : Optional.ofNullable((Value.Scalar) document.attributes().get(field))
            .map(ScalarOrder::canonical);
  }
}
