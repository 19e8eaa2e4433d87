package io.elacsym.engine.model;

import java.util.List;

/**
 * Documents to which a write did the same.
 *
 * @param count how many there are
 * @param ids theirs, each once, if the request wanted them; else none
 */
public record Affected(int count, List<DocId> ids) {
  public static final Affected NONE = new Affected(0, List.of());

  public Affected {
    ids = List.copyOf(ids);
  }

  /** So many, whose ids nobody wanted. */
  public static Affected of(int count) {
    return new Affected(count, List.of());
  }
}
