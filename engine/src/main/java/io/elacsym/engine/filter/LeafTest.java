package io.elacsym.engine.filter;

import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.Value;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A leaf of a checked filter as a test of one document's value. For one thread. */
final class LeafTest {
  private LeafTest() {}

  /** The test of a whole value; empty stands for a document without the field. */
  static Predicate<Optional<Value>> of(Filter.Leaf leaf) {
    if (leaf instanceof Filter.Exists exists) {
      return value -> value.isPresent() == exists.expected();
    }
    if (leaf instanceof Filter.ContainsAll all) {
      ValueSet wanted = new ValueSet(all.values());
      return value -> value.isPresent() && wanted.isWithin(elements(value.get()));
    }
    Predicate<Value.Scalar> element = elementTest(leaf);
    if (isNegative(leaf)) {
      return value -> value.isEmpty() || !anyElement(value.get(), element);
    }
    return value -> value.isPresent() && anyElement(value.get(), element);
  }

  /**
   * Whether the leaf matches where {@link #elementTest} fits no element, absent values included.
   */
  static boolean isNegative(Filter.Leaf leaf) {
    return leaf instanceof Filter.NotEqual || leaf instanceof Filter.NotIn;
  }

  /** The test of one scalar or array element. */
  static Predicate<Value.Scalar> elementTest(Filter.Leaf leaf) {
    return switch (leaf) {
      case Filter.Equal f -> equalTo(List.of(f.value()));
      case Filter.NotEqual f -> equalTo(List.of(f.value()));
      case Filter.In f -> equalTo(f.values());
      case Filter.NotIn f -> equalTo(f.values());
      case Filter.ContainsAny f -> equalTo(f.values());
      case Filter.Compare f ->
          value -> f.order().accepts(ScalarOrder.INSTANCE.compare(value, f.value()));
      case Filter.Substring f -> text(new Needle(f.part())::isIn);
      case Filter.SubstringAny f -> text(new Needles(f.parts())::anyIn);
      case Filter.SubstringAll f -> text(new Needles(f.parts())::allIn);
      case Filter.Prefix f -> text(value -> value.startsWith(f.prefix()));
      case Filter.Glob f -> text(Glob.compile(f.pattern())::matches);
      case Filter.ContainsAll f -> equalTo(f.values());
      case Filter.Exists f -> value -> true;
    };
  }

  private static Predicate<Value.Scalar> text(Predicate<String> test) {
    return value -> value instanceof Value.Text text && test.test(text.value());
  }

  private static Predicate<Value.Scalar> equalTo(List<Value.Scalar> values) {
    return new ValueSet(values)::contains;
  }

  private static List<Value.Scalar> elements(Value value) {
    return switch (value) {
      case Value.Array array -> array.values();
      case Value.Scalar scalar -> List.of(scalar);
    };
  }

  private static boolean anyElement(Value value, Predicate<Value.Scalar> test) {
    return switch (value) {
      case Value.Array array -> array.values().stream().anyMatch(test);
      case Value.Scalar scalar -> test.test(scalar);
    };
  }

  /** How much work a test of this value is, roughly: characters, or elements. */
  static int size(Value value) {
    return switch (value) {
      case Value.Text text -> 1 + text.value().length() / 16;
      case Value.Array array -> 1 + array.values().size();
      case Value.Scalar scalar -> 1;
    };
  }
}
