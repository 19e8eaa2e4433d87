package io.elacsym.engine.plan;

import java.util.Set;

/**
 * What a plan depends on of one part of a snapshot.
 *
 * @param alive rows neither deleted nor replaced
 * @param indexed attributes that have an index in it
 * @param vectors vector fields of which it has any vector
 */
public record PartFacts(long alive, Set<String> indexed, Set<String> vectors) {
  public PartFacts {
    indexed = Set.copyOf(indexed);
    vectors = Set.copyOf(vectors);
  }
}
