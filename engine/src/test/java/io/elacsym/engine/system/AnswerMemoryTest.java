package io.elacsym.engine.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.Allowance;
import io.elacsym.engine.model.Consistency;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.Footprint;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.Operator;
import io.elacsym.engine.model.Projection;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.ScanPage;
import io.elacsym.engine.model.ScanRequest;
import io.elacsym.engine.model.Value;
import io.elacsym.tck.memory.MemoryStorage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an answer holds is taken from its allowance before it is read. */
final class AnswerMemoryTest {
  private static final int DOCUMENTS = 80;
  private static final int LARGE = 50_000;
  private static final long LIMIT = 1 << 20;

  private Engine engine;
  private Namespace namespace;

  @BeforeEach
  void fill() {
    engine = TestEngine.open(new MemoryStorage());
    namespace = engine.create("docs", TestEngine.schema());
    for (long id = 0; id < DOCUMENTS; id++) {
      namespace.write(TestEngine.upsert(large(id)));
      if (id == DOCUMENTS / 2) {
        namespace.flush();
      }
    }
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private static Document large(long id) {
    return TestEngine.document(
        id,
        (float) id,
        0,
        Map.of("title", Value.of("t" + id), "body", Value.of("x".repeat(LARGE))));
  }

  /** Counts; may not have more than so much for all answers. */
  private static final class Counted implements Allowance {
    private final long limit;
    private final long ofAll;
    private long taken;
    private long most;

    Counted(long limit, long ofAll) {
      this.limit = limit;
      this.ofAll = ofAll;
    }

    @Override
    public synchronized long left() {
      return limit - taken;
    }

    @Override
    public synchronized void take(long bytes) {
      if (taken + bytes > ofAll) {
        throw new ElacsymException(ErrorKind.OVERLOADED, "no more");
      }
      taken += bytes;
      most = Math.max(most, taken);
    }

    @Override
    public synchronized void giveBack(long bytes) {
      taken -= bytes;
    }
  }

  private ScanPage scan(Allowance allowance, Optional<DocId> after, Projection projection)
      throws Exception {
    ScanRequest request =
        new ScanRequest(Optional.empty(), after, 1_000, projection, Consistency.STRONG);
    return allowance.call(() -> namespace.scan(request));
  }

  private static QueryRequest inIdOrder(Projection projection) {
    return QueryRequest.of(new Ranking.IdOrder()).withTopK(DOCUMENTS).withProjection(projection);
  }

  private static ErrorKind kindOf(Counted allowance, Namespace namespace, Projection projection) {
    ElacsymException e =
        assertThrows(
            ElacsymException.class,
            () -> allowance.call(() -> namespace.query(inIdOrder(projection))));
    return e.kind();
  }

  @Test
  void pagesOfAScanEndEarlyAndMissNothing() throws Exception {
    List<DocId> found = new ArrayList<>();
    Optional<DocId> after = Optional.empty();
    int pages = 0;
    do {
      Counted allowance = new Counted(LIMIT, Long.MAX_VALUE);
      ScanPage page = scan(allowance, after, Projection.ALL);
      assertTrue(page.documents().size() > 1 || page.next().isEmpty());
      assertEquals(
          page.documents().stream().mapToLong(Footprint::of).sum(), allowance.taken, "charged");
      assertTrue(allowance.taken <= LIMIT, "page of " + allowance.taken);
      assertTrue(allowance.most <= LIMIT + LIMIT / 4, "took " + allowance.most);
      page.documents().forEach(document -> found.add(document.id()));
      after = page.next();
      pages++;
    } while (after.isPresent());
    assertEquals(LongStream.range(0, DOCUMENTS).mapToObj(DocId::of).toList(), found);
    assertTrue(pages >= 4, pages + " pages");
  }

  @Test
  void aDocumentThatIsLargerThanAnAnswerMayBeComesAlone() throws Exception {
    Counted allowance = new Counted(10, Long.MAX_VALUE);
    ScanPage page = scan(allowance, Optional.empty(), Projection.ALL);
    assertEquals(List.of(large(0).id()), page.documents().stream().map(Document::id).toList());
    assertEquals(Optional.of(DocId.of(0)), page.next());
    assertTrue(namespace.get(DocId.of(0), Projection.ALL).isPresent());
  }

  @Test
  void aQueryWhoseDocumentsAreTooLargeSaysWhatToAskForInstead() throws Exception {
    Counted allowance = new Counted(LIMIT, Long.MAX_VALUE);
    ElacsymException e =
        assertThrows(
            ElacsymException.class,
            () -> allowance.call(() -> namespace.query(inIdOrder(Projection.ALL))));
    assertEquals(ErrorKind.TOO_LARGE, e.kind());
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains("include_attributes"), message);
    assertEquals(0, allowance.taken);
    assertTrue(allowance.most <= LIMIT + LIMIT / 4, "took " + allowance.most);
    Counted enough = new Counted(LIMIT, Long.MAX_VALUE);
    Projection titles = new Projection(Optional.empty(), Optional.of(List.of("title")));
    assertEquals(DOCUMENTS, enough.call(() -> namespace.query(inIdOrder(titles))).hits().size());
  }

  @Test
  void queriesOfOneRequestHaveOneAllowance() throws Exception {
    Projection half = new Projection(Optional.empty(), Optional.of(List.of("body")));
    QueryRequest some = QueryRequest.of(new Ranking.IdOrder()).withTopK(13).withProjection(half);
    List<QueryRequest> one = List.of(some);
    List<QueryRequest> two = List.of(some, some);
    Counted enough = new Counted(LIMIT, Long.MAX_VALUE);
    assertEquals(13, enough.call(() -> namespace.query(one)).getFirst().hits().size());
    Counted allowance = new Counted(LIMIT, Long.MAX_VALUE);
    ElacsymException e =
        assertThrows(ElacsymException.class, () -> allowance.call(() -> namespace.query(two)));
    assertEquals(ErrorKind.TOO_LARGE, e.kind());
  }

  @Test
  void whatAllAnswersHaveTogetherIsNotExceeded() {
    Counted allowance = new Counted(Long.MAX_VALUE, LIMIT);
    assertEquals(ErrorKind.OVERLOADED, kindOf(allowance, namespace, Projection.ALL));
    assertEquals(0, allowance.taken);
  }

  @Test
  void aFilterOnLongTextsReadsThemInParts() throws Exception {
    namespace.flush();
    ScanRequest request =
        new ScanRequest(
            Optional.of(Filter.of("body", Operator.CONTAINS, Value.of("xx"))),
            Optional.empty(),
            1_000,
            Projection.IDS,
            Consistency.STRONG);
    assertEquals(DOCUMENTS, namespace.scan(request).documents().size());
  }
}
