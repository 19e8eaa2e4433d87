package io.elacsym.engine.filter;

import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Value;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A checked filter as a test of whole documents. */
public final class DocumentFilter {
  private DocumentFilter() {}

  public static Predicate<Document> of(Filter filter) {
    return switch (filter) {
      case Filter.And and -> {
        List<Predicate<Document>> all = and.conditions().stream().map(DocumentFilter::of).toList();
        yield document -> all.stream().allMatch(test -> test.test(document));
      }
      case Filter.Or or -> {
        List<Predicate<Document>> any = or.conditions().stream().map(DocumentFilter::of).toList();
        yield document -> any.stream().anyMatch(test -> test.test(document));
      }
      case Filter.Not not -> of(not.condition()).negate();
      case Filter.Leaf leaf -> {
        Predicate<Optional<Value>> test = LeafTest.of(leaf);
        yield document -> test.test(value(document, leaf.field()));
      }
    };
  }

  private static Optional<Value> value(Document document, String field) {
    return field.equals(Schema.ID)
        ? Optional.of(value(document.id()))
        : Optional.ofNullable(document.attributes().get(field));
  }

  /** An id as the value that filters on {@code id} see. */
  static Value value(DocId id) {
    return switch (id) {
      case DocId.Uint uint -> new Value.Uint(uint.value());
      case DocId.Text text -> new Value.Text(text.value());
    };
  }
}
