package io.elacsym.tck.index.zoo;

import java.util.List;
import java.util.stream.Stream;

/** All shapes of rows. */
public final class Zoo {
  private Zoo() {}

  /** Some 40 of them, always in one order. */
  public static List<RowShape> shapes() {
    return Stream.of(Normals.shapes(), Lengths.shapes(), Discrete.shapes(), Clusters.shapes())
        .flatMap(List::stream)
        .toList();
  }
}
