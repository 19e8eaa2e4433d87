package io.elacsym.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.engine.Engine;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.settings.Seams;
import io.elacsym.tck.memory.MemoryStorage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What the parts of a snapshot know of each other while they are searched. */
class SharedBarTest {
  private static final long PATIENCE = 10_000_000_000L;

  private final TunedVectorIndex index = new TunedVectorIndex();
  private final AtomicInteger searches = new AtomicInteger();
  private final Queue<Float> bars = new ConcurrentLinkedQueue<>();

  private static Document[] documents(long from) {
    return LongStream.range(from, from + 10)
        .mapToObj(id -> TestEngine.document(id, "title " + id))
        .toArray(Document[]::new);
  }

  /** Lets the second part wait until the first one has found something. */
  private void oneAfterTheOther() {
    index.beforeSearch(query -> {
      if (searches.getAndIncrement() > 0) {
        long end = System.nanoTime() + PATIENCE;
        while (query.bar().score() == Float.NEGATIVE_INFINITY && System.nanoTime() < end) {
          Thread.onSpinWait();
        }
      }
      bars.add(query.bar().score());
    });
  }

  @Test
  void aSegmentThatIsSearchedLaterKnowsWhatIsGoodEnough() {
    try (Engine engine =
        TestEngine.open(
            new MemoryStorage().attach(),
            Map.of("index.vector", TunedVectorIndex.NAME),
            Seams.real(),
            index)) {
      Namespace namespace = engine.create("ns", TestEngine.schema());
      for (long from = 0; from < 20; from += 10) {
        namespace.write(TestEngine.upsert(documents(from)));
        namespace.flush();
      }
      oneAfterTheOther();
      List<DocId> found =
          namespace
              .query(TestEngine.query(TestEngine.nearest(0, 0), Optional.empty(), 2))
              .hits()
              .stream()
              .map(hit -> hit.document().id())
              .toList();
      assertThat(found).containsExactly(DocId.of(0), DocId.of(1));
      assertThat(bars).hasSize(2).first().isEqualTo(Float.NEGATIVE_INFINITY);
      // The second best distance of the segment that came first, squared.
      assertThat(bars.stream().skip(1).findFirst().orElseThrow()).isIn(-1f, -121f);
    }
  }
}
