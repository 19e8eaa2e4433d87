package io.elacsym.engine.model;

import io.elacsym.api.index.TextToken;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An open namespace. Safe for use by many threads; calls block, and are made from virtual threads.
 * Every call fails with {@code NOT_FOUND} once the namespace has been dropped.
 */
public interface Namespace {
  String name();

  Schema schema();

  NamespaceStats stats();

  /**
   * Applies changes durably: when it returns, they are on storage and every strong read sees them.
   *
   * @throws io.elacsym.api.ElacsymException {@code INVALID_REQUEST} when any part is wrong (then
   *     nothing is applied), {@code OVERLOADED} when too much waits to be flushed, {@code CONFLICT}
   *     when another process has taken over writing and this one could not take it back, {@code
   *     UNAVAILABLE} when storage does not answer: the write may then be there or not, and sending
   *     it again is safe if it has no condition: that may refuse what the write has stored itself
   */
  WriteResult write(WriteRequest request);

  default QueryResult query(QueryRequest request) {
    return query(List.of(request)).getFirst();
  }

  /**
   * Answers queries side by side, all from one snapshot: it is as new as the strictest of them
   * wants.
   *
   * @param requests at least one
   * @return as many, in their order
   */
  List<QueryResult> query(List<QueryRequest> requests);

  /**
   * The terms of a text in a field, as documents have them that are written now; of queries, too.
   */
  List<TextToken> analyze(AnalyzeRequest request);

  /** One document; empty when there is none. */
  Optional<Document> get(DocId id, Projection projection);

  ScanPage scan(ScanRequest request);

  /** Adds attributes to the schema: a {@link #changeSchema change} of nothing else. */
  default Schema addAttributes(Map<String, Attribute> attributes) {
    return changeSchema(new SchemaChange(attributes));
  }

  /**
   * Changes the schema; what is as it shall be is no error.
   *
   * @return the whole schema
   * @throws io.elacsym.api.ElacsymException {@code CONFLICT} when an attribute exists with another
   *     declaration, {@code INVALID_REQUEST} when documents cannot expire as they shall
   */
  Schema changeSchema(SchemaChange change);

  /** Writes the live buffer to a segment and returns when that is committed. */
  void flush();

  /** Flushes, then merges all segments into as few as the settings allow. */
  void compact();

  /**
   * Begins to build indexes of the stored segments anew: those that were not built by what the
   * configuration, or the request, says. It goes on in the background, and until a segment has its
   * new index the former one answers. Whoever asks for the same while it goes on joins it; asked
   * for again after a restart or a cancellation, it does what is left.
   *
   * @throws io.elacsym.api.ElacsymException {@code INVALID_REQUEST} when the index is not
   *     installed, {@code CONFLICT} when a reindex with another end goes on; if the request says to
   *     wait, also what has failed
   */
  ReindexStatus reindex(ReindexRequest request);

  /** How far this process is with the last one that it was asked for; empty when it was not. */
  Optional<ReindexStatus> reindexStatus();

  /** Tells the reindex of this process to end; what it has built already stays. */
  Optional<ReindexStatus> cancelReindex();

  /** Brings into the caches what queries touch; returns the bytes that are warm afterwards. */
  long warm();
}
