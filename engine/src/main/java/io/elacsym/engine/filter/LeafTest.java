package io.elacsym.engine.filter;

import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A leaf of a checked filter as a test of one document's value. */
final class LeafTest {
  private LeafTest() {}

  /** The test of a whole value; empty stands for a document without the field. */
  static Predicate<Optional<Value>> of(Filter.Leaf leaf) {
    if (leaf instanceof Filter.Exists exists) {
      return value -> value.isPresent() == exists.expected();
    }
    if (leaf instanceof Filter.ContainsAll all) {
      List<Predicate<Value.Scalar>> elements =
          all.values().stream().map(wanted -> equalTo(List.of(wanted))).toList();
      return value ->
          value.isPresent()
              && elements.stream().allMatch(element -> anyElement(value.get(), element));
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
      case Filter.Substring f ->
          value -> value instanceof Value.Text text && text.value().contains(f.part());
      case Filter.Prefix f ->
          value -> value instanceof Value.Text text && text.value().startsWith(f.prefix());
      case Filter.Glob f -> {
        Pattern pattern = Glob.compile(f.pattern());
        yield value -> value instanceof Value.Text text && pattern.matcher(text.value()).matches();
      }
      case Filter.ContainsAll f -> equalTo(f.values());
      case Filter.Exists f -> value -> true;
    };
  }

  private static Predicate<Value.Scalar> equalTo(List<Value.Scalar> values) {
    Set<Value.Scalar> wanted = new TreeSet<>(ScalarOrder.INSTANCE);
    wanted.addAll(values);
    return wanted::contains;
  }

  private static boolean anyElement(Value value, Predicate<Value.Scalar> test) {
    return switch (value) {
      case Value.Array array -> array.values().stream().anyMatch(test);
      case Value.Scalar scalar -> test.test(scalar);
    };
  }
}
