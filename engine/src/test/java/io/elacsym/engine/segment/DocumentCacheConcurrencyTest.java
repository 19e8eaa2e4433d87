package io.elacsym.engine.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.engine.blob.BlobStore;
import io.elacsym.engine.blob.BlockCache;
import io.elacsym.engine.disk.Scratches;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.task.Parallel;
import io.elacsym.tck.memory.MemoryStorage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DocumentCacheConcurrencyTest {
  private static final List<String> NAMES = List.of("title");

  private final BlobStore blobs =
      new BlobStore(
          new MemoryStorage().attach(),
          new BlockCache(1 << 20),
          Optional.empty(),
          Scratches.shared(),
          bytes -> {});

  @Test
  void whatIsHeldIsWhatIsKeptWhateverIsEvictedMeanwhile() {
    DocumentCache cache = new DocumentCache(20_000);
    Held held = new Held(blobs);
    DocumentCache.OfSegment segment = cache.of(held);
    Parallel.run(
        IntStream.range(0, 8)
            .<Runnable>mapToObj(seed ->
                () -> {
                  Random random = new Random(seed);
                  for (int i = 0; i < 3_000; i++) {
                    int row = random.nextInt(200);
                    Optional<Map<String, Value>> found = segment.find(row, NAMES);
                    found.ifPresent(values -> assertThat(values).isEqualTo(values(row)));
                    segment.keep(new int[] {row}, NAMES, List.of(values(row)));
                  }
                })
            .toList());
    assertThat(cache.stats().evictions()).isPositive();
    assertThat(cache.stats().bytes()).isPositive().isLessThanOrEqualTo(20_000);
    assertThat(held.bytes()).isEqualTo(cache.stats().bytes());
    segment.close();
    assertThat(cache.stats().bytes()).isZero();
    held.release();
  }

  private static Map<String, Value> values(int row) {
    return Map.of("title", Value.of("x".repeat(row)));
  }
}
