package io.elacsym.engine.filter;

import io.elacsym.engine.model.Value;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A leaf of a checked filter as a test of one document's value. For one thread. */
final class LeafTest {
  private LeafTest() {}

  /** The test of a whole value; empty stands for a document without the field. */
  static Predicate<Optional<Value>> of(TypedFilter.Leaf leaf) {
    return of(leaf, elementTest(leaf));
  }

  /**
   * The same, where the test of its elements is known.
   *
   * @param element as {@link #elementTest} gives it
   */
  static Predicate<Optional<Value>> of(TypedFilter.Leaf leaf, ElementTest element) {
    if (leaf instanceof TypedFilter.Exists exists) {
      return value -> value.isPresent() == exists.expected();
    }
    if (leaf instanceof TypedFilter.ContainsAll all) {
      ValueSet wanted = new ValueSet(all.values());
      return value -> value.isPresent() && wanted.isWithin(elements(value.get()));
    }
    if (isNegative(leaf)) {
      return value -> value.isEmpty() || !anyElement(value.get(), element);
    }
    return value -> value.isPresent() && anyElement(value.get(), element);
  }

  /**
   * Whether the leaf matches where {@link #elementTest} fits no element, absent values included.
   */
  static boolean isNegative(TypedFilter.Leaf leaf) {
    return leaf instanceof TypedFilter.NotEqual || leaf instanceof TypedFilter.NotIn;
  }

  /** The test of one scalar or array element. */
  static ElementTest elementTest(TypedFilter.Leaf leaf) {
    return switch (leaf) {
      case TypedFilter.Equal f -> new ValueSet(List.of(f.value()));
      case TypedFilter.NotEqual f -> new ValueSet(List.of(f.value()));
      case TypedFilter.In f -> new ValueSet(f.values());
      case TypedFilter.NotIn f -> new ValueSet(f.values());
      case TypedFilter.ContainsAny f -> new ValueSet(f.values());
      case TypedFilter.Compare f -> new RangeTest(f.order(), f.value());
      case TypedFilter.Substring f -> text(new Needle(f.part())::isIn);
      case TypedFilter.SubstringAny f -> text(new Needles(f.parts())::anyIn);
      case TypedFilter.SubstringAll f -> text(new Needles(f.parts())::allIn);
      case TypedFilter.Prefix f -> new PrefixTest(new Value.Text(f.prefix()));
      case TypedFilter.Glob f -> text(Glob.compile(f.pattern())::matches);
      case TypedFilter.Regex f -> text(Regex.compile(f.pattern())::isIn);
      case TypedFilter.GeoRadius f -> new RadiusTest(f.center(), f.meters());
      case TypedFilter.GeoBox f -> new BoxTest(f.box());
      case TypedFilter.ContainsAll f -> new ValueSet(f.values());
      case TypedFilter.Exists f -> value -> true;
    };
  }

  private static ElementTest text(Predicate<String> test) {
    return value -> value instanceof Value.Text text && test.test(text.value());
  }

  private static List<Value.Scalar> elements(Value value) {
    return switch (value) {
      case Value.Array array -> array.values();
      case Value.Scalar scalar -> List.of(scalar);
    };
  }

  private static boolean anyElement(Value value, ElementTest test) {
    return switch (value) {
      case Value.Array array -> array.values().stream().anyMatch(test::passes);
      case Value.Scalar scalar -> test.passes(scalar);
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
