package io.elacsym.engine.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FootprintTest {
  private static Document document(Map<String, Value> attributes) {
    return new Document(DocId.of(1), Map.of(), attributes);
  }

  @Test
  void manySmallPartsCountAsTheObjectsTheyAre() {
    assertTrue(Footprint.of(document(Map.of())) >= 150);
    Value array = new Value.Array(List.of(new Value.Int(1), new Value.Int(2)));
    assertTrue(Footprint.content(array) >= 2 * 24);
  }

  @Test
  void aStringCountsTwoBytesForEachCharacterWhenOneNeedsThem() {
    assertEquals(Footprint.TEXT + 1_000, Footprint.text("x".repeat(1_000)));
    assertEquals(Footprint.TEXT + 2_002, Footprint.text("x".repeat(1_000) + "\u4e00"));
  }

  @Test
  void aVectorCountsFourBytesForEachComponent() {
    assertEquals(Footprint.FIELD + 4 * 1_536, Footprint.vector(1_536));
  }
}
