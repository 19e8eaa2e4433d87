package io.elacsym.engine.model;

import java.util.Map;

/**
 * One change in a write request, as the request gives it. Whether it fits, and of which type the
 * values are, is checked against the schema of the namespace that it meets.
 */
public sealed interface WriteOp {
  /** A change that brings parts of a document. */
  sealed interface OfDocument extends WriteOp {
    /** Where it stands, for messages. */
    Place place();

    DocId id();

    /** By field. */
    Map<String, float[]> vectors();

    /** By name; {@link Given.Other#NULL} stands for no value. */
    Map<String, ? extends Given> attributes();
  }

  /** Stores a document, in place of the one with the same id if there is one. */
  record Upsert(
      Place place, DocId id, Map<String, float[]> vectors, Map<String, ? extends Given> attributes)
      implements OfDocument {
    /** Stores a document that stands in no request. */
    public Upsert(Document document) {
      this(Place.of(document.id()), document.id(), document.vectors(), document.attributes());
    }
  }

  /**
   * Changes parts of a document: attributes without a value are removed, and what is not named
   * stays as it is. A document that does not exist stays absent, and is counted as missing.
   */
  record Patch(
      Place place, DocId id, Map<String, float[]> vectors, Map<String, ? extends Given> attributes)
      implements OfDocument {
    /** A change that stands in no request. */
    public Patch(DocId id, Map<String, float[]> vectors, Map<String, ? extends Given> attributes) {
      this(Place.of(id), id, vectors, attributes);
    }
  }

  /** A {@link Patch} that makes a document of the parts where there is none. */
  record PatchOrCreate(
      Place place, DocId id, Map<String, float[]> vectors, Map<String, ? extends Given> attributes)
      implements OfDocument {
    /** A change that stands in no request. */
    public PatchOrCreate(
        DocId id, Map<String, float[]> vectors, Map<String, ? extends Given> attributes) {
      this(Place.of(id), id, vectors, attributes);
    }
  }

  /**
   * An {@link Upsert} when it brings a vector or the namespace has none, else a {@link
   * PatchOrCreate}: what a document of the HTTP interface means.
   */
  record UpsertOrPatch(
      Place place, DocId id, Map<String, float[]> vectors, Map<String, ? extends Given> attributes)
      implements OfDocument {}

  /** Deletes a document; one that does not exist is no error. */
  record Delete(Place place, DocId id) implements WriteOp {
    /** A delete that stands in no request. */
    public Delete(DocId id) {
      this(Place.of(id), id);
    }
  }

  /** A change of every document that matches a filter when the write takes its turn. */
  sealed interface OfMatching extends WriteOp {
    Filter filter();

    /**
     * Whether, if more documents match than one write can change, as many as it can are changed.
     * Else such a write is refused.
     */
    boolean partial();
  }

  /** Deletes every document that matches. */
  record DeleteMatching(Filter filter, boolean partial) implements OfMatching {
    /** Deletes all of them, or none. */
    public DeleteMatching(Filter filter) {
      this(filter, false);
    }
  }

  /**
   * Changes attributes of every document that matches; those without a value are removed.
   *
   * @param place where the attributes stand, for messages
   */
  record PatchMatching(
      Place place, Filter filter, Map<String, ? extends Given> attributes, boolean partial)
      implements OfMatching {
    /** A change of all of them, or of none, that stands in no request. */
    public PatchMatching(Filter filter, Map<String, ? extends Given> attributes) {
      this(Place.named("set"), filter, attributes, false);
    }
  }
}
