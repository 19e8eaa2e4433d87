package io.elacsym.engine.filter;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.check.FilterCheck;
import io.elacsym.engine.check.GivenFilters;
import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.Samples;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How much work filters are, and that it ends when nobody waits for it. */
class FilterWorkTest {
  private static final Schema SCHEMA = Samples.everyType();
  private static final int ROWS = 2_000;

  /** A segment without indexes that counts what is read of it. */
  private static final class Counting implements FilterSource {
    private final Function<Integer, Value> value;
    private final Map<String, Integer> columns = new HashMap<>();
    private final Map<String, ValueBounds> bounds = new HashMap<>();
    private final List<Integer> rowsGiven = new ArrayList<>();
    private List<Page> pages = List.of();
    private int values;
    private int rowsAtOnce = ROWS;

    Counting(Function<Integer, Value> value) {
      this.value = value;
    }

    @Override
    public int rowCount() {
      return ROWS;
    }

    @Override
    public DocId id(int row) {
      return DocId.of(row);
    }

    @Override
    public Optional<AttributeIndex> index(String attribute) {
      return Optional.empty();
    }

    @Override
    public int rowsAtOnce() {
      return rowsAtOnce;
    }

    @Override
    public Optional<ValueBounds> bounds(String attribute) {
      return Optional.ofNullable(bounds.get(attribute));
    }

    @Override
    public List<Page> pages(String attribute) {
      return pages;
    }

    @Override
    public Optional<IntFunction<Optional<Value>>> values(
        String attribute, int from, int to, BitSet rows) {
      rowsGiven.add(rows.cardinality());
      assertThat(to - from).isLessThanOrEqualTo(rowsAtOnce);
      columns.merge(attribute, 1, Integer::sum);
      return Optional.of(row -> {
        values++;
        return Optional.of(value.apply(row));
      });
    }
  }

  private static TypedFilter checked(TypedFilter filter) {
    return FilterCheck.check(GivenFilters.of(filter), SCHEMA, Optional.of(DocId.Kind.UINT));
  }

  private static int matches(TypedFilter filter, FilterSource source) {
    return SegmentFilter.rows(checked(filter), source).cardinality();
  }

  @Test
  void aThousandAlternativesOnOneFieldReadEachValueOnce() {
    Counting source = new Counting(row -> new Value.Int(row));
    List<TypedFilter> alternatives =
        IntStream.range(0, 4_000)
            .<TypedFilter>mapToObj(i -> new TypedFilter.Equal("int", new Value.Int(2L * i)))
            .toList();
    assertThat(matches(new TypedFilter.Or(alternatives), source)).isEqualTo(ROWS / 2);
    assertThat(source.columns).containsExactly(Map.entry("int", 1));
    assertThat(source.values).isEqualTo(ROWS);
  }

  /** However it is said, and however deep. */
  @Test
  void aThousandExclusionsOnOneFieldReadEachValueOnce() {
    Counting source = new Counting(row -> new Value.Int(row));
    List<TypedFilter> exclusions =
        IntStream.range(0, 1_000).mapToObj(i -> excluded(i % 5, new Value.Int(2L * i))).toList();
    TypedFilter inner = new TypedFilter.And(exclusions.subList(0, 500));
    List<TypedFilter> all = new ArrayList<>(exclusions.subList(500, 1_000));
    all.add(inner);
    assertThat(matches(new TypedFilter.And(all), source)).isEqualTo(ROWS / 2);
    assertThat(source.values).isEqualTo(ROWS);
  }

  private static TypedFilter excluded(int how, Value.Scalar value) {
    TypedFilter equal = new TypedFilter.Equal("int", value);
    return switch (how) {
      case 0 -> new TypedFilter.NotEqual("int", value);
      case 1 -> new TypedFilter.NotIn("int", List.of(value));
      case 2 -> new TypedFilter.Not(equal);
      case 3 -> new TypedFilter.Not(new TypedFilter.Or(List.of(equal)));
      default -> new TypedFilter.Not(new TypedFilter.Not(new TypedFilter.Not(equal)));
    };
  }

  @Test
  void theMostExclusionsThatAreAllowedAreOneLookUp() {
    Counting source = new Counting(row -> new Value.Int(row));
    List<TypedFilter> exclusions =
        IntStream.range(0, 4_000)
            .<TypedFilter>mapToObj(i -> new TypedFilter.NotEqual("int", new Value.Int(-i)))
            .toList();
    assertThat(matches(new TypedFilter.And(exclusions), source)).isEqualTo(ROWS - 1);
    assertThat(source.values).isEqualTo(ROWS);
  }

  @Test
  void aThousandPartsThatMustAllBeThereReadEachValueOnce() {
    String text = IntStream.range(0, 1_000).mapToObj(Integer::toString).collect(joining(" "));
    Counting texts = new Counting(row -> Value.of(row % 2 == 0 ? text : ""));
    List<TypedFilter> parts =
        IntStream.range(0, 1_000)
            .<TypedFilter>mapToObj(i -> new TypedFilter.Substring("string", Integer.toString(i)))
            .toList();
    assertThat(matches(new TypedFilter.And(parts), texts)).isEqualTo(ROWS / 2);
    assertThat(texts.values).isEqualTo(ROWS);
    List<Value.Scalar> numbers =
        IntStream.range(0, 1_000).<Value.Scalar>mapToObj(i -> new Value.Int(i)).toList();
    Counting arrays = new Counting(row -> new Value.Array(numbers));
    List<TypedFilter> elements =
        numbers.stream()
            .<TypedFilter>map(number -> new TypedFilter.ContainsAny("array_int", List.of(number)))
            .toList();
    assertThat(matches(new TypedFilter.And(elements), arrays)).isEqualTo(ROWS);
    assertThat(arrays.values).isEqualTo(ROWS);
  }

  @Test
  void aColumnIsReadOnceHoweverManyConditionsAreOnIt() {
    Counting source = new Counting(row -> Value.of("x" + row));
    List<TypedFilter> alternatives =
        IntStream.range(0, 100)
            .<TypedFilter>mapToObj(i -> new TypedFilter.Prefix("string", "y" + i))
            .toList();
    assertThat(matches(new TypedFilter.Or(alternatives), source)).isZero();
    assertThat(source.columns).containsExactly(Map.entry("string", 1));
  }

  @Test
  void aColumnIsReadPieceByPieceWhereItIsGreat() {
    Counting source = new Counting(row -> Value.of("x" + row % 7));
    source.rowsAtOnce = 300;
    TypedFilter either =
        new TypedFilter.Or(
            List.of(new TypedFilter.Prefix("string", "x1"), new TypedFilter.Glob("string", "?2")));
    assertThat(matches(new TypedFilter.Not(either), source)).isEqualTo(ROWS - 286 - 286);
    assertThat(source.columns).containsExactly(Map.entry("string", 7));
  }

  @Test
  void rowsWhoseAnswerIsKnownAreNotLookedAtAgain() {
    Counting source = new Counting(row -> new Value.Int(row));
    TypedFilter first = new TypedFilter.Compare("int", TypedFilter.Order.LESS, new Value.Int(10));
    TypedFilter second =
        new TypedFilter.Compare("int", TypedFilter.Order.GREATER, new Value.Int(5));
    assertThat(matches(new TypedFilter.And(List.of(first, second)), source)).isEqualTo(4);
    assertThat(source.values).isEqualTo(ROWS + 10);
  }

  @Test
  void whatTheBoundsOfAColumnTellIsNotLookedAt() {
    Counting source = new Counting(row -> new Value.Int(100 + row));
    source.bounds.put("int", new ValueBounds(new Value.Int(100), new Value.Int(99 + ROWS), true));
    source.bounds.put(
        "uint", new ValueBounds(new Value.Uint(100), new Value.Uint(99 + ROWS), false));
    assertThat(matches(less("int", new Value.Int(100)), source)).isZero();
    assertThat(matches(less("int", new Value.Int(100 + ROWS)), source)).isEqualTo(ROWS);
    assertThat(matches(less("uint", new Value.Uint(100)), source)).isZero();
    assertThat(matches(new TypedFilter.NotEqual("uint", new Value.Uint(99)), source))
        .as("also rows without a value are not equal")
        .isEqualTo(ROWS);
    assertThat(matches(new TypedFilter.NotEqual("int", new Value.Int(99)), source)).isEqualTo(ROWS);
    assertThat(
            matches(
                new TypedFilter.And(
                    List.of(
                        less("string", new Value.Text("x")),
                        new TypedFilter.Equal("int", new Value.Int(7)))),
                source))
        .isZero();
    assertThat(source.columns).as("%s", source.columns).isEmpty();
    assertThat(matches(less("int", new Value.Int(101)), source)).isEqualTo(1);
    assertThat(source.values).isEqualTo(ROWS);
  }

  @Test
  void ofPagesWhoseBoundsTellNoRowIsLookedAt() {
    Counting source = new Counting(row -> new Value.Int(row));
    List<FilterSource.Page> pages = new ArrayList<>();
    for (int from = 0; from < ROWS; from += 100) {
      pages.add(
          new FilterSource.Page(
              from,
              from + 100,
              new ValueBounds(new Value.Int(from), new Value.Int(from + 99), from != 500)));
    }
    source.pages = pages;
    source.rowsAtOnce = 450;
    assertThat(matches(less("int", new Value.Int(950)), source)).isEqualTo(950);
    assertThat(source.values)
        .as("a page where a value may be missing, and one half")
        .isEqualTo(200);
  }

  private static TypedFilter less(String field, Value.Scalar than) {
    return new TypedFilter.Compare(field, TypedFilter.Order.LESS, than);
  }

  @Test
  void aColumnIsReadForFewRowsAloneWhereTheOthersAreRuledOut() {
    Counting source = new Counting(row -> new Value.Int(row));
    TypedFilter few = less("id", new Value.Uint(10));
    TypedFilter even = new TypedFilter.In("int", List.of(new Value.Int(2), new Value.Int(4)));
    assertThat(matches(new TypedFilter.And(List.of(few, even)), source)).isEqualTo(2);
    assertThat(source.rowsGiven).containsExactly(10);
    TypedFilter both =
        new TypedFilter.Or(
            List.of(new TypedFilter.And(List.of(few, even)), less("int", new Value.Int(1_000))));
    source.rowsGiven.clear();
    assertThat(matches(both, source)).isEqualTo(1_000);
    assertThat(source.rowsGiven).as("the second condition needs all").containsExactly(10, ROWS);
  }

  @Test
  void aFilterEndsWhenItsDeadlineIsCancelled() {
    Deadline deadline = Deadline.in(Duration.ofDays(1), System::nanoTime);
    Counting source =
        new Counting(row -> {
          if (row == 1) {
            deadline.cancel("the client has left");
          }
          return Value.of("a".repeat(1 << 16));
        });
    TypedFilter filter = checked(new TypedFilter.Glob("string", "*" + "?".repeat(500) + "b*"));
    assertThatThrownBy(() -> deadline.call(() -> SegmentFilter.rows(filter, source)))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.TIMEOUT));
    assertThat(source.values).isLessThan(10);
  }

  @Test
  void aFilterOnDocumentsEndsWhenItsDeadlineIsCancelled() throws Exception {
    Deadline deadline = Deadline.in(Duration.ofDays(1), System::nanoTime);
    deadline.cancel("the client has left");
    Value.Array many =
        new Value.Array(Collections.nCopies(100_000, (Value.Scalar) new Value.Int(1)));
    Document document = new Document(DocId.of(1), Map.of(), Map.of("array_int", many));
    var test =
        DocumentFilter.of(
            checked(new TypedFilter.ContainsAll("array_int", List.of(new Value.Int(2)))));
    assertThat(test.test(document)).isFalse();
    assertThatThrownBy(() -> deadline.call(() -> test.test(document)))
        .hasMessageContaining("the client has left");
  }

  @Test
  void filtersHaveTheirLimits() {
    TypedFilter leaf = new TypedFilter.Exists("int", true);
    assertThat(checked(new TypedFilter.And(Collections.nCopies(Filter.MAX_CONDITIONS - 1, leaf))))
        .isNotNull();
    refused(
        new TypedFilter.And(Collections.nCopies(Filter.MAX_CONDITIONS, leaf)),
        "more than 4096 conditions");
    Value.Scalar one = new Value.Int(1);
    assertThat(checked(new TypedFilter.In("int", Collections.nCopies(Filter.MAX_VALUES, one))))
        .isNotNull();
    tooLarge(
        new TypedFilter.In("int", Collections.nCopies(Filter.MAX_VALUES + 1, one)),
        "more than 65536 values");
    tooLarge(
        new TypedFilter.SubstringAny("string", Collections.nCopies(Filter.MAX_VALUES + 1, "")),
        "more than 65536 values");
    String half = "x".repeat(Filter.MAX_PATTERN_CHARS / 2);
    assertThat(checked(new TypedFilter.SubstringAll("string", List.of(half, half)))).isNotNull();
    refused(
        new TypedFilter.And(
            List.of(
                new TypedFilter.Substring("string", half),
                new TypedFilter.Prefix("string", half + "x"))),
        "more than 131072 characters");
    String glob = "\uD83D\uDE00".repeat(Filter.MAX_GLOB_LENGTH);
    assertThat(checked(new TypedFilter.Glob("string", glob))).isNotNull();
    refused(
        new TypedFilter.Glob("string", glob + "*"), "has 1025 characters, expected at most 1024");
    TypedFilter nested = leaf;
    for (int depth = 0; depth < Filter.MAX_DEPTH; depth++) {
      nested = new TypedFilter.And(List.of(nested));
    }
    assertThat(checked(nested)).isNotNull();
    refused(new TypedFilter.Not(nested), "nested deeper than 64");
  }

  private static void refused(TypedFilter filter, String why) {
    refused(filter, ErrorKind.INVALID_REQUEST, why);
  }

  private static void tooLarge(TypedFilter filter, String why) {
    refused(filter, ErrorKind.TOO_LARGE, why);
  }

  private static void refused(TypedFilter filter, ErrorKind kind, String why) {
    assertThatThrownBy(() -> checked(filter))
        .isInstanceOfSatisfying(ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .hasMessageContaining(why)
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(1_000));
  }
}
