package io.elacsym.index.hnsw.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.index.ScoreKey;
import io.elacsym.tck.Seed;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NearestTest {
  @Test
  void keepsTheSmallestOfAll() {
    Random random = new Random(Seed.current());
    Nearest nearest = new Nearest();
    for (int round = 0; round < 200; round++) {
      int capacity = 1 + random.nextInt(150);
      long[] keys = new long[random.nextInt(600)];
      nearest.reset(capacity);
      for (int i = 0; i < keys.length; i++) {
        keys[i] = ScoreKey.of(random.nextInt(50) - 25, i);
        boolean full = nearest.size() == capacity;
        long bound = nearest.bound();
        assertThat(nearest.offer(keys[i])).isEqualTo(!full || keys[i] < bound);
      }
      Arrays.sort(keys);
      int size = Math.min(capacity, keys.length);
      assertThat(nearest.size()).isEqualTo(size);
      assertThat(Arrays.copyOf(nearest.sort(), size))
          .as("seed %d, round %d", Seed.current(), round)
          .isEqualTo(Arrays.copyOf(keys, size));
    }
  }

  @Test
  void theHeapGivesItemsInOrder() {
    Random random = new Random(Seed.current());
    LongHeap heap = new LongHeap();
    for (int size : new int[] {1, 2, 63, 64, 65, 1000}) {
      long[] items = random.longs(size).toArray();
      for (long item : items) {
        heap.add(item);
      }
      Arrays.sort(items);
      for (long item : items) {
        assertThat(heap.poll()).as("seed %d", Seed.current()).isEqualTo(item);
      }
      assertThat(heap.isEmpty()).isTrue();
    }
  }
}
