package io.elacsym.engine.segment;

import io.elacsym.api.index.VectorField;
import io.elacsym.engine.manifest.SegmentEntry.IndexEntry;
import io.elacsym.engine.model.Schema;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The indexes that a request will ask for, by field: so many are opened side by side, in one wave,
 * instead of one after the other.
 *
 * @param vectors vector fields
 * @param texts text fields
 * @param attributes attributes in a filter
 */
public record Needs(Set<String> vectors, Set<String> texts, Set<String> attributes) {
  public static final Needs NOTHING = new Needs(Set.of(), Set.of(), Set.of());

  public Needs {
    vectors = Set.copyOf(vectors);
    texts = Set.copyOf(texts);
    attributes = Set.copyOf(attributes);
  }

  /** These, and indexes of attributes besides. */
  public Needs and(Set<String> more) {
    Set<String> all = new HashSet<>(attributes);
    all.addAll(more);
    return new Needs(vectors, texts, all);
  }

  /** Whatever a request may ask for. */
  static Needs everything(Schema schema) {
    Set<String> all = schema.attributes().keySet();
    return new Needs(
        schema.vectors().stream().map(VectorField::name).collect(Collectors.toSet()), all, all);
  }

  boolean include(IndexEntry index) {
    Set<String> fields =
        switch (index.kind()) {
          case VECTOR -> vectors;
          case TEXT -> texts;
          case ATTRIBUTE -> attributes;
        };
    return fields.contains(index.field());
  }
}
