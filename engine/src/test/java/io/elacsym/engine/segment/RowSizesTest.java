package io.elacsym.engine.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RowSizesTest {
  @Test
  void aCodeIsNeverBelowTheSizeAndAtMostAnEighthAbove() {
    for (long size = 0; size < 15L << 30; size += Math.max(1, size / 1_000)) {
      long bound = RowSizes.bound(RowSizes.code(size));
      assertTrue(bound >= size, size + " has " + bound);
      assertTrue(bound <= size + size / 8 + 1, size + " has " + bound);
    }
  }

  @Test
  void eachCodeIsItsOwn() {
    for (int code = 0; code < 256; code++) {
      assertEquals(code, RowSizes.code(RowSizes.bound(code)));
    }
  }

  @Test
  void aRowTakesNoMoreThanTheColumnsThatAreRead() {
    RowSizes sizes =
        RowSizes.of(new long[] {100, 4_000_000}, Map.of("title", 80L, "body", 4_000_000L));
    assertEquals(80, sizes.ofRows(List.of("title")).applyAsLong(1));
    assertTrue(sizes.ofRows(List.of("title", "body")).applyAsLong(0) < 120);
    assertEquals(4_000_080, sizes.ofRows(List.of("title", "body")).applyAsLong(1));
    assertEquals(0, sizes.ofRows(List.of()).applyAsLong(1));
    assertEquals(80, sizes.ofAnyRow(List.of("title")));
  }
}
