package io.elacsym.engine.model;

/** One number, or one value, that is made of all documents of a set. */
public sealed interface Aggregate {

  /** How many documents there are. */
  record Count() implements Aggregate {}

  /**
   * Something of the values of an attribute. Documents without the attribute do not count.
   *
   * @param place where the name of the attribute stands
   * @param field an attribute with single values: of numbers for sum and average, of anything but
   *     bool for the least and the greatest
   */
  record OfValues(Place place, Function function, String field) implements Aggregate {
    /** An aggregate that stands in no request. */
    public OfValues(Function function, String field) {
      this(Place.named(function.id()), function, field);
    }
  }

  /** What is made of values. */
  enum Function {
    /** Exact for whole numbers, however many digits it has; else the float nearest to it. */
    SUM("sum"),
    MIN("min"),
    MAX("max"),
    /** The float nearest to the exact average. */
    AVG("avg");

    private final String id;

    Function(String id) {
      this.id = id;
    }

    /** The name in requests. */
    public String id() {
      return id;
    }
  }
}
