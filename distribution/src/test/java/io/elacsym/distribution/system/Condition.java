package io.elacsym.distribution.system;

import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/**
 * A filter and what it means.
 *
 * @param json the filter
 * @param test the same over a document
 */
record Condition(String json, Predicate<Doc> test) {
  static Condition leaf(String field, String op, Object value, Predicate<Doc> test) {
    String operand = value instanceof String text ? '"' + text + '"' : value.toString();
    return new Condition(
        "{\"field\":\"%s\",\"op\":\"%s\",\"value\":%s}".formatted(field, op, operand), test);
  }

  static Condition owner(long owner) {
    return leaf(
        "owner", "eq", owner, doc -> doc.number("owner").filter(o -> o == owner).isPresent());
  }

  static Condition year(long year) {
    return leaf("year", "eq", year, doc -> doc.number("year").filter(y -> y == year).isPresent());
  }

  Condition and(Condition other) {
    return new Condition(
        "{\"type\":\"and\",\"conditions\":[%s,%s]}".formatted(json, other.json),
        test.and(other.test));
  }

  private Condition or(Condition other) {
    return new Condition(
        "{\"type\":\"or\",\"conditions\":[%s,%s]}".formatted(json, other.json),
        test.or(other.test));
  }

  private Condition not() {
    return new Condition("{\"type\":\"not\",\"conditions\":[" + json + "]}", test.negate());
  }

  /** Over indexed and other attributes, numbers, texts, arrays and ids, up to two levels deep. */
  static Condition random(Random random) {
    Condition first = leaf(random);
    return switch (random.nextInt(6)) {
      case 0 -> first.and(leaf(random));
      case 1 -> first.or(leaf(random));
      case 2 -> first.not();
      default -> first;
    };
  }

  private static Condition leaf(Random random) {
    long year = 2000L + random.nextInt(10);
    String word = Doc.word(random);
    return switch (random.nextInt(7)) {
      case 0 -> year(year);
      case 1 ->
          leaf("year", "gte", year, doc -> doc.number("year").filter(y -> y >= year).isPresent());
      case 2 ->
          leaf("year", "ne", year, doc -> doc.number("year").filter(y -> y == year).isEmpty());
      case 3 -> leaf("tags", "contains", word, doc -> doc.array("tags").contains(word));
      case 4 -> leaf("title", "contains", word, doc -> doc.text("title").orElse("").contains(word));
      case 5 -> leaf("body", "exists", true, doc -> doc.text("body").isPresent());
      default -> owner(List.of(0L, 1L, 2L, 3L).get(random.nextInt(4)));
    };
  }
}
