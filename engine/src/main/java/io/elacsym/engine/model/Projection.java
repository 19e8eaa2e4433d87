package io.elacsym.engine.model;

import java.util.Optional;
import java.util.Set;

/**
 * Which fields come back.
 *
 * @param vectors whether vectors do
 * @param attributes which attributes do; empty means all of them
 */
public record Projection(boolean vectors, Optional<Set<String>> attributes) {
  public static final Projection ALL = new Projection(true, Optional.empty());
  public static final Projection ATTRIBUTES = new Projection(false, Optional.empty());
  public static final Projection IDS = new Projection(false, Optional.of(Set.of()));
}
