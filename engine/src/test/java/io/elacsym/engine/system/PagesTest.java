package io.elacsym.engine.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.Cursor;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Hit;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.QueryResult;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.Ranking.Fusion;
import io.elacsym.engine.model.Ranking.Method;
import io.elacsym.engine.model.Ranking.WeightedClause;
import io.elacsym.tck.memory.MemoryStorage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Results that are read page by page, while others write. */
class PagesTest {
  private static final int DOCUMENTS = 120;
  private static final List<String> WORDS = List.of("kelp", "otter", "tide", "reef");

  private final Engine engine = TestEngine.open(new MemoryStorage(), Map.of());
  private final Namespace namespace = engine.create("ns", TestEngine.schema());
  private final Random random = new Random(5);

  @AfterEach
  void close() {
    engine.close();
  }

  private Document document(long id) {
    StringBuilder title = new StringBuilder("sea");
    for (int i = random.nextInt(4); i >= 0; i--) {
      title.append(' ').append(WORDS.get(random.nextInt(WORDS.size())));
    }
    return TestEngine.document(id, title.toString());
  }

  /** Two segments, a live buffer, and some of all three deleted. */
  private void fill() {
    for (int i = 0; i < DOCUMENTS; i++) {
      namespace.write(TestEngine.upsert(document(i)));
      if (i % 50 == 49) {
        namespace.flush();
      }
    }
    for (int i = 0; i < DOCUMENTS; i += 11) {
      namespace.write(TestEngine.delete(i));
    }
  }

  static List<Ranking> rankings() {
    Ranking nearest = TestEngine.nearest(40.3f, 0);
    Ranking text = TestEngine.text("kelp otter", "title");
    List<WeightedClause> clauses =
        List.of(new WeightedClause(nearest, 1), new WeightedClause(text, 2));
    return List.of(
        new Ranking.IdOrder(),
        nearest,
        text,
        new Fusion(clauses, new Method.ReciprocalRank(60), DOCUMENTS),
        new Fusion(clauses, new Method.NormalizedScore(), DOCUMENTS));
  }

  private List<Hit> pages(Ranking ranking, int size, Runnable between) {
    List<Hit> hits = new ArrayList<>();
    Optional<Cursor> cursor = Optional.of(new Cursor.Start());
    while (cursor.isPresent()) {
      QueryResult page =
          namespace.query(QueryRequest.of(ranking).withTopK(size).withCursor(cursor));
      hits.addAll(page.hits());
      cursor = page.next();
      between.run();
    }
    return hits;
  }

  private static List<DocId> ids(List<Hit> hits) {
    return hits.stream().map(hit -> hit.document().id()).toList();
  }

  @ParameterizedTest
  @MethodSource("rankings")
  void pagesTogetherAreTheWholeResult(Ranking ranking) {
    fill();
    List<Hit> whole = namespace.query(QueryRequest.of(ranking).withTopK(DOCUMENTS)).hits();
    List<Hit> pages = pages(ranking, 7, () -> {});
    assertThat(pages).hasSizeGreaterThan(20);
    // Which of several equal scores come first at the end of a page is not defined.
    assertThat(pages).extracting(Hit::score).isEqualTo(whole.stream().map(Hit::score).toList());
    assertThat(pages).containsExactlyInAnyOrderElementsOf(whole);
  }

  @ParameterizedTest
  @MethodSource("rankings")
  void noDocumentComesTwiceAndNoneThatStaysIsPassedOver(Ranking ranking) {
    fill();
    Set<DocId> before = new HashSet<>(ids(pages(ranking, 100, () -> {})));
    List<DocId> deleted = new ArrayList<>();
    List<Hit> pages =
        pages(
            ranking,
            7,
            () -> {
              long id = random.nextInt(DOCUMENTS);
              deleted.add(DocId.of(id));
              namespace.write(TestEngine.delete(id));
              namespace.write(TestEngine.upsert(document(DOCUMENTS + random.nextInt(50))));
            });
    assertThat(new HashSet<>(ids(pages))).hasSameSizeAs(pages);
    before.removeAll(deleted);
    assertThat(ids(pages)).containsAll(before);
  }

  @Test
  void withoutACursorThereIsNoNextPage() {
    fill();
    assertThat(namespace.query(QueryRequest.of(new Ranking.IdOrder())).next()).isEmpty();
  }

  @Test
  void aCursorOfAnotherKindOfOrderIsRefused() {
    fill();
    QueryRequest nearest = QueryRequest.of(TestEngine.nearest(1, 0));
    assertThatThrownBy(
            () -> namespace.query(nearest.withCursor(Optional.of(new Cursor.Behind(DocId.of(1))))))
        .isInstanceOf(ElacsymException.class)
        .hasMessageContaining("another query");
    QueryRequest byId = QueryRequest.of(new Ranking.IdOrder());
    assertThatThrownBy(
            () -> namespace.query(byId.withCursor(Optional.of(new Cursor.Unseen(List.of())))))
        .isInstanceOf(ElacsymException.class)
        .hasMessageContaining("another query");
  }

  @Test
  void pagesByScoreEndWhereACursorWouldHaveTooManyIds() {
    fill();
    List<DocId> seen = new ArrayList<>();
    for (long id = 0; id < Cursor.Unseen.MAX_SEEN - 5; id++) {
      seen.add(DocId.of(1_000 + id));
    }
    QueryRequest page =
        QueryRequest.of(TestEngine.nearest(1, 0)).withCursor(Optional.of(new Cursor.Unseen(seen)));
    assertThat(namespace.query(page.withTopK(5)).next()).isPresent();
    assertThat(namespace.query(page.withTopK(6)).next()).isEmpty();
  }

  @Test
  void severalQueriesAreAnsweredInTheirOrder() {
    fill();
    List<QueryRequest> requests =
        rankings().stream()
            .map(ranking -> QueryRequest.of(ranking).withTopK(9).withExplain(true))
            .toList();
    List<QueryResult> results = namespace.query(requests);
    assertThat(results).hasSameSizeAs(requests);
    for (int i = 0; i < requests.size(); i++) {
      assertThat(results.get(i).hits()).isEqualTo(namespace.query(requests.get(i)).hits());
      assertThat(results.get(i).explanation()).isPresent();
    }
  }
}
