package io.elacsym.benchmarks.rivals.contenders;

import io.elacsym.api.index.Metric;
import io.elacsym.benchmarks.sets.VectorSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.FixedBitSet;

/** Lucene's HNSW with its default graph parameters, one segment, on memory-mapped files. */
final class LuceneIndex implements Index {
  static final String K = "k";
  private static final String FIELD = "vector";

  /** As much as Lucene lets a thread have, so that 100,000 vectors are one segment at once. */
  private static final double BUFFER_MB = 1_900;

  private final KnnVectorsFormat format;
  private final MMapDirectory directory;
  private Optional<IndexSearcher> searcher = Optional.empty();
  private Optional<ItemsQuery> filter = Optional.empty();

  LuceneIndex(KnnVectorsFormat format, Path directory) throws IOException {
    this.format = format;
    this.directory = new MMapDirectory(directory);
  }

  @Override
  public void build(VectorSet set) throws IOException {
    VectorSimilarityFunction similarity =
        set.metric() == Metric.L2
            ? VectorSimilarityFunction.EUCLIDEAN
            : VectorSimilarityFunction.DOT_PRODUCT;
    IndexWriterConfig config =
        new IndexWriterConfig()
            .setRAMBufferSizeMB(BUFFER_MB)
            .setUseCompoundFile(false)
            // It merges neighbours only, so that a document's number stays its item.
            .setMergePolicy(new LogDocMergePolicy())
            .setMergeScheduler(new SerialMergeScheduler())
            .setCodec(
                new Lucene104Codec() {
                  @Override
                  public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
                    return format;
                  }
                });
    try (IndexWriter writer = new IndexWriter(directory, config)) {
      for (int i = 0; i < set.count(); i++) {
        Document document = new Document();
        document.add(new KnnFloatVectorField(FIELD, set.vectors().get(i), similarity));
        writer.addDocument(document);
      }
      writer.forceMerge(1);
      writer.commit();
    }
    DirectoryReader reader = DirectoryReader.open(directory);
    if (reader.leaves().size() != 1) {
      throw new IllegalStateException(reader.leaves().size() + " segments, expected 1");
    }
    IndexSearcher opened = new IndexSearcher(reader);
    opened.setQueryCache(null);
    searcher = Optional.of(opened);
  }

  @Override
  public long bytes() throws IOException {
    long bytes = 0;
    for (String file : directory.listAll()) {
      bytes += directory.fileLength(file);
    }
    return bytes;
  }

  @Override
  public void accept(Optional<BitSet> items) {
    int count = searcher.orElseThrow().getIndexReader().maxDoc();
    filter =
        items.map(given -> {
          FixedBitSet accepted = new FixedBitSet(count);
          given.stream().forEach(accepted::set);
          return new ItemsQuery(accepted);
        });
  }

  @Override
  public Searcher searcher() {
    IndexSearcher opened = searcher.orElseThrow();
    Optional<ItemsQuery> accepted = filter;
    return (query, k, setting) -> {
      // More than k are asked for and the best k kept: Lucene's only way to search harder.
      KnnFloatVectorQuery knn =
          new KnnFloatVectorQuery(FIELD, query, setting.integer(K), accepted.orElse(null));
      TopDocs top = opened.search(knn, k);
      int[] found = new int[top.scoreDocs.length];
      for (int i = 0; i < found.length; i++) {
        found[i] = top.scoreDocs[i].doc;
      }
      return found;
    };
  }

  @Override
  public void close() throws IOException {
    if (searcher.isPresent()) {
      searcher.get().getIndexReader().close();
    }
    directory.close();
  }
}
