package io.elacsym.benchmarks.cold;

import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.Schema;
import java.io.IOException;
import java.util.List;
import java.util.SequencedMap;

/** What a namespace is filled with, and what is asked of it. */
interface ColdData {
  /** In a word or two, for the report. */
  String description();

  Schema schema() throws IOException;

  /** Writes the documents, then makes them one segment. */
  void writeTo(Namespace namespace) throws IOException;

  /** Queries of each kind, in the order of the report. */
  SequencedMap<String, List<QueryRequest>> queries() throws IOException;
}
