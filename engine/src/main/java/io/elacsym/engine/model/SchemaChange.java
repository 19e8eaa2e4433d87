package io.elacsym.engine.model;

import java.util.Map;
import java.util.Optional;

/**
 * What becomes of a schema.
 *
 * @param attributes that it gains, or that gain an index
 * @param timeToLive when documents expire from now on; empty if that stays as it is
 * @param endsTimeToLive whether no document expires any more
 */
public record SchemaChange(
    Map<String, Attribute> attributes, Optional<TimeToLive> timeToLive, boolean endsTimeToLive) {
  /** Attributes alone. */
  public SchemaChange(Map<String, Attribute> attributes) {
    this(attributes, Optional.empty(), false);
  }
}
