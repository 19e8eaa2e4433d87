package io.elacsym.engine.filter;

import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Value;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A checked filter as a test of whole documents. A test is for one thread. */
public final class DocumentFilter {
  private DocumentFilter() {}

  public static Predicate<Document> of(TypedFilter filter) {
    return test(Merging.merged(filter), new Pace());
  }

  private static Predicate<Document> test(TypedFilter filter, Pace pace) {
    return switch (filter) {
      case TypedFilter.And and -> {
        List<Predicate<Document>> all = tests(and.conditions(), pace);
        yield document -> all.stream().allMatch(test -> test.test(document));
      }
      case TypedFilter.Or or -> {
        List<Predicate<Document>> any = tests(or.conditions(), pace);
        yield document -> any.stream().anyMatch(test -> test.test(document));
      }
      case TypedFilter.Not not -> test(not.condition(), pace).negate();
      case TypedFilter.Leaf leaf -> {
        Predicate<Optional<Value>> test = LeafTest.of(leaf);
        yield document -> {
          Optional<Value> value = value(document, leaf.field());
          pace.go(value.map(LeafTest::size).orElse(1));
          return test.test(value);
        };
      }
    };
  }

  private static List<Predicate<Document>> tests(List<TypedFilter> conditions, Pace pace) {
    return conditions.stream().map(condition -> test(condition, pace)).toList();
  }

  private static Optional<Value> value(Document document, String field) {
    return field.equals(Schema.ID)
        ? Optional.of(value(document.id()))
        : Optional.ofNullable(document.attributes().get(field));
  }

  /** An id as the value that filters on {@code id} see, and orders by it: it has their order. */
  public static Value.Scalar value(DocId id) {
    return switch (id) {
      case DocId.Uint uint -> new Value.Uint(uint.value());
      case DocId.Text text -> new Value.Text(text.value());
    };
  }
}
