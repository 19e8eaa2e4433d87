package io.elacsym.engine.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.index.RowSet;
import io.elacsym.engine.check.FilterCheck;
import io.elacsym.engine.check.GivenFilters;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Samples;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Seeded;
import io.elacsym.engine.model.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FilterSemanticsTest {
  private static final Schema SCHEMA = Samples.everyType();
  private static final Value.Scalar A = new Value.Text("a");
  private static final Value.Scalar B = new Value.Text("b");

  @Test
  void indexesScansDocumentsAndCommonSenseAgreeOnEveryFilter() {
    Seeded.run(random -> {
      for (int segment = 0; segment < 12; segment++) {
        DocId.Kind kind = segment % 2 == 0 ? DocId.Kind.UINT : DocId.Kind.STRING;
        List<Document> documents = documents(random, kind, random.nextInt(150));
        DocumentRows scanned = new DocumentRows(documents, SCHEMA, Set.of(), Set.of());
        DocumentRows indexed =
            new DocumentRows(
                documents, SCHEMA, SCHEMA.attributes().keySet(), Set.of(), cut(random));
        DocumentRows mixed = new DocumentRows(documents, SCHEMA, some(random), Set.of());
        for (int round = 0; round < 250; round++) {
          TypedFilter given = new RandomFilters(random, SCHEMA, kind).filter(3);
          TypedFilter filter = FilterCheck.check(GivenFilters.of(given), SCHEMA, Optional.of(kind));
          assertThat(filter).as("a filter of the right types stays").isEqualTo(given);
          List<Integer> expected =
              IntStream.range(0, documents.size())
                  .filter(row -> NaiveFilter.matches(filter, documents.get(row)))
                  .boxed()
                  .toList();
          assertThat(byDocument(filter, documents)).as("%s", filter).isEqualTo(expected);
          assertThat(rows(filter, scanned)).as("scanned %s", filter).isEqualTo(expected);
          assertThat(rows(filter, indexed)).as("indexed %s", filter).isEqualTo(expected);
          assertThat(rows(filter, mixed)).as("mixed %s", filter).isEqualTo(expected);
        }
      }
    });
  }

  /** Small blocks, so that there are many of them. */
  private static IndexWriter.Cut cut(Random random) {
    return new IndexWriter.Cut(
        1 + random.nextInt(40), 1 + random.nextInt(500), 1 + random.nextInt(20));
  }

  @Test
  void aSegmentOlderThanAnAttributeHasItNowhere() {
    Seeded.run(random -> {
      List<Document> documents = new ArrayList<>();
      for (Document document : documents(random, DocId.Kind.UINT, 70)) {
        Map<String, Value> rest = new HashMap<>(document.attributes());
        rest.remove("string");
        documents.add(new Document(document.id(), Map.of(), rest));
      }
      DocumentRows old = new DocumentRows(documents, SCHEMA, Set.of(), Set.of("string"));
      for (int round = 0; round < 200; round++) {
        TypedFilter filter = new RandomFilters(random, SCHEMA, DocId.Kind.UINT).leaf("string");
        assertThat(rows(filter, old)).as("%s", filter).isEqualTo(byDocument(filter, documents));
      }
    });
  }

  @Test
  void aDocumentWithoutTheFieldMatchesOnlyNegationsAndItsAbsence() {
    for (TypedFilter filter :
        List.of(
            new TypedFilter.NotEqual("string", A),
            new TypedFilter.NotIn("string", List.of(A)),
            new TypedFilter.NotIn("string", List.of()),
            new TypedFilter.Exists("string", false),
            new TypedFilter.Not(new TypedFilter.Equal("string", A)),
            new TypedFilter.Not(new TypedFilter.Exists("string", true)))) {
      assertMatches(filter, Map.of());
    }
    for (TypedFilter filter :
        List.of(
            new TypedFilter.Equal("string", A),
            new TypedFilter.In("string", List.of(A)),
            new TypedFilter.In("string", List.of()),
            new TypedFilter.Compare("string", TypedFilter.Order.LESS, A),
            new TypedFilter.Compare("string", TypedFilter.Order.GREATER_OR_EQUAL, A),
            new TypedFilter.Substring("string", ""),
            new TypedFilter.Prefix("string", ""),
            new TypedFilter.Glob("string", "*"),
            new TypedFilter.Exists("string", true),
            new TypedFilter.ContainsAny("array_string", List.of(A)),
            new TypedFilter.ContainsAll("array_string", List.of()),
            new TypedFilter.ContainsAll("array_string", List.of(A)))) {
      assertMatchesNot(filter, Map.of());
    }
  }

  @Test
  void anEmptyArrayIsThereAndHasNoElement() {
    Map<String, Value> empty = Map.of("array_string", new Value.Array(List.of()));
    assertMatches(new TypedFilter.Exists("array_string", true), empty);
    assertMatches(new TypedFilter.ContainsAll("array_string", List.of()), empty);
    assertMatchesNot(new TypedFilter.ContainsAny("array_string", List.of(A)), empty);
    assertMatchesNot(new TypedFilter.Glob("array_string", "*"), empty);
  }

  @Test
  void arraysMatchByTheirElements() {
    Map<String, Value> ab = Map.of("array_string", new Value.Array(List.of(A, B, A)));
    assertMatches(new TypedFilter.ContainsAny("array_string", List.of(B, new Value.Text("c"))), ab);
    assertMatches(new TypedFilter.ContainsAll("array_string", List.of(B, A)), ab);
    assertMatchesNot(
        new TypedFilter.ContainsAll("array_string", List.of(B, new Value.Text("c"))), ab);
    assertMatches(new TypedFilter.Prefix("array_string", "b"), ab);
    assertMatches(new TypedFilter.Glob("array_string", "?"), ab);
    assertMatchesNot(new TypedFilter.Glob("array_string", "ab*"), ab);
  }

  @Test
  void comparisonsUseTheOrderOfTheType() {
    Map<String, Value> values =
        Map.of(
            "uint", new Value.Uint(-1),
            "int", new Value.Int(-1),
            "float", new Value.Real(-0.0),
            "string", new Value.Text("\uD83D\uDE00"));
    assertMatches(
        new TypedFilter.Compare("uint", TypedFilter.Order.GREATER, new Value.Uint(5)), values);
    assertMatches(new TypedFilter.Compare("int", TypedFilter.Order.LESS, new Value.Int(5)), values);
    assertMatches(new TypedFilter.Equal("float", new Value.Real(0.0)), values);
    assertMatchesNot(
        new TypedFilter.Compare("float", TypedFilter.Order.LESS, new Value.Real(0.0)), values);
    // By code point, unlike in String.compareTo.
    assertMatches(
        new TypedFilter.Compare("string", TypedFilter.Order.GREATER, new Value.Text("\uFFFF")),
        values);
  }

  @Test
  void emptyGroupsAreTrueForAllAndFalseForAny() {
    assertMatches(new TypedFilter.And(List.of()), Map.of());
    assertMatchesNot(new TypedFilter.Or(List.of()), Map.of());
  }

  @Test
  void idsAreFilteredAsValues() {
    List<Document> documents =
        List.of(
            new Document(DocId.of(3), Map.of(), Map.of()),
            new Document(DocId.of(-1), Map.of(), Map.of()));
    DocumentRows rows = new DocumentRows(documents, SCHEMA, Set.of(), Set.of());
    assertThat(
            rows(new TypedFilter.Compare("id", TypedFilter.Order.GREATER, new Value.Uint(3)), rows))
        .containsExactly(1);
    assertThat(rows(new TypedFilter.In("id", List.of(new Value.Uint(3))), rows)).containsExactly(0);
    assertThat(rows(new TypedFilter.Exists("id", true), rows)).containsExactly(0, 1);
  }

  @Test
  void aConditionThatAnIndexRulesOutSparesTheColumns() {
    List<Document> documents =
        List.of(new Document(DocId.of(1), Map.of(), Map.of("string", A, "int", new Value.Int(1))));
    DocumentRows indexed = new DocumentRows(documents, SCHEMA, Set.of("string"), Set.of());
    FilterSource noColumns =
        new FilterSource() {
          @Override
          public int rowCount() {
            return indexed.rowCount();
          }

          @Override
          public DocId id(int row) {
            return indexed.id(row);
          }

          @Override
          public Optional<AttributeIndex> index(String attribute) {
            return indexed.index(attribute);
          }

          @Override
          public int rowsAtOnce() {
            return indexed.rowsAtOnce();
          }

          @Override
          public Optional<ValueBounds> bounds(String attribute) {
            return Optional.empty();
          }

          @Override
          public List<Page> pages(String attribute) {
            return List.of();
          }

          @Override
          public Optional<java.util.function.IntFunction<Optional<Value>>> values(
              String attribute, int from, int to, BitSet rows) {
            throw new AssertionError("column " + attribute + " was read");
          }
        };
    assertThat(
            rows(
                new TypedFilter.And(
                    List.of(
                        new TypedFilter.Equal("int", new Value.Int(1)),
                        new TypedFilter.Equal("string", B))),
                noColumns))
        .isEmpty();
  }

  private static void assertMatches(TypedFilter filter, Map<String, Value> attributes) {
    assertThat(everyWay(filter, attributes)).as("%s", filter).containsOnly(true);
  }

  private static void assertMatchesNot(TypedFilter filter, Map<String, Value> attributes) {
    assertThat(everyWay(filter, attributes)).as("%s", filter).containsOnly(false);
  }

  private static List<Boolean> everyWay(TypedFilter filter, Map<String, Value> attributes) {
    TypedFilter checked = FilterCheck.check(GivenFilters.of(filter), SCHEMA, Optional.empty());
    List<Document> one = List.of(new Document(DocId.of(1), Map.of(), attributes));
    Set<String> all = SCHEMA.attributes().keySet();
    return List.of(
        NaiveFilter.matches(checked, one.getFirst()),
        !byDocument(checked, one).isEmpty(),
        !rows(checked, new DocumentRows(one, SCHEMA, Set.of(), Set.of())).isEmpty(),
        !rows(checked, new DocumentRows(one, SCHEMA, all, Set.of())).isEmpty());
  }

  private static List<Integer> byDocument(TypedFilter filter, List<Document> documents) {
    Predicate<Document> test = DocumentFilter.of(filter);
    return IntStream.range(0, documents.size())
        .filter(row -> test.test(documents.get(row)))
        .boxed()
        .toList();
  }

  private static List<Integer> rows(TypedFilter filter, FilterSource source) {
    RowSet rows = SegmentFilter.rows(filter, source);
    assertThat(rows.rowCount()).isEqualTo(source.rowCount());
    return IntStream.range(0, rows.rowCount()).filter(rows::contains).boxed().toList();
  }

  private static List<Document> documents(Random random, DocId.Kind kind, int count) {
    Samples samples = new Samples(random);
    List<Document> documents = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      documents.add(samples.document(samples.id(kind), SCHEMA));
    }
    return documents;
  }

  private static Set<String> some(Random random) {
    Set<String> names = new HashSet<>(SCHEMA.attributes().keySet());
    names.removeIf(name -> random.nextBoolean());
    return names;
  }
}
