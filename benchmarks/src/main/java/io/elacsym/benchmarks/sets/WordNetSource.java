package io.elacsym.benchmarks.sets;

import io.elacsym.api.index.Metric;
import io.elacsym.benchmarks.data.DataFiles;
import io.elacsym.benchmarks.data.Dataset;
import io.elacsym.benchmarks.data.Query;
import java.io.IOException;

/**
 * The definitions of WordNet, embedded by MiniLM: the vectors of the documents that the other
 * benchmarks use.
 *
 * @param documents which {@link WordNetDocuments} has written
 */
record WordNetSource(DataFiles documents) implements SetSource {
  static final String NAME = "wordnet";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Metric metric() {
    return Metric.COSINE;
  }

  @Override
  public int dimension() {
    return 384;
  }

  @Override
  public Drawn draw(int most, int queries, long seed) throws IOException {
    Dataset read = Dataset.read(documents, most);
    Rows vectors =
        new Rows() {
          @Override
          public int count() {
            return read.count();
          }

          @Override
          public void copy(int index, float[] to) {
            read.vectors().copy(index, to, 0);
          }
        };
    return new Drawn(
        vectors,
        new HeapRows(read.glosses().stream().map(Query::vector).limit(queries).toList()),
        "WordNet 3.1 definitions by all-MiniLM-L6-v2 (int8), shuffled with seed " + seed);
  }
}
