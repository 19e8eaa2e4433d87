package io.elacsym.examples.dictionary;

import java.util.List;
import java.util.stream.IntStream;

/** Small made-up dictionaries. */
final class Fixtures {

  private Fixtures() {}

  static List<Entry> entries(int count) {
    return IntStream.range(0, count)
        .mapToObj(i ->
            new Entry(
                PartOfSpeech.NOUN.documentId(i),
                List.of("word" + i, "other" + i),
                PartOfSpeech.NOUN,
                "artifact",
                new Gloss("thing number " + i, i == 0 ? List.of("see the thing") : List.of()),
                i,
                true))
        .toList();
  }

  /** A vector that is cheap to make. */
  static float[] vector(Entry entry) {
    float[] vector = new float[Embedder.DIMENSIONS];
    vector[(int) (entry.id() % vector.length)] = 1;
    return vector;
  }
}
