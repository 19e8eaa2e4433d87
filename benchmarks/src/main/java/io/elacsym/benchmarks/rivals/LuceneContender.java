package io.elacsym.benchmarks.rivals;

import io.elacsym.benchmarks.measure.Vectors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.FixedBitSet;

/** Lucene's HNSW with its default graph parameters, one segment, on memory-mapped files. */
final class LuceneContender implements Contender {
  private static final String FIELD = "vector";

  /** Enough for all vectors, so that one segment is built once. */
  private static final double BUFFER_MB = 2_000;

  private final String name;
  private final KnnVectorsFormat format;
  private final List<Integer> efforts;
  private final MMapDirectory directory;
  private Optional<IndexSearcher> searcher = Optional.empty();
  private Optional<ItemsQuery> filter = Optional.empty();

  LuceneContender(String name, KnnVectorsFormat format, List<Integer> efforts, Path directory)
      throws IOException {
    this.name = name;
    this.format = format;
    this.efforts = efforts;
    this.directory = new MMapDirectory(directory);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void build(Vectors vectors) throws IOException {
    IndexWriterConfig config =
        new IndexWriterConfig()
            .setRAMBufferSizeMB(BUFFER_MB)
            .setUseCompoundFile(false)
            .setMergeScheduler(new SerialMergeScheduler())
            .setCodec(
                new Lucene104Codec() {
                  @Override
                  public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
                    return format;
                  }
                });
    try (IndexWriter writer = new IndexWriter(directory, config)) {
      for (int i = 0; i < vectors.count(); i++) {
        Document document = new Document();
        document.add(
            new KnnFloatVectorField(FIELD, vectors.get(i), VectorSimilarityFunction.DOT_PRODUCT));
        writer.addDocument(document);
      }
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
  public List<Integer> efforts() {
    return efforts;
  }

  @Override
  public void accept(IntPredicate items) {
    int count = searcher.orElseThrow().getIndexReader().maxDoc();
    FixedBitSet accepted = new FixedBitSet(count);
    for (int item = 0; item < count; item++) {
      if (items.test(item)) {
        accepted.set(item);
      }
    }
    filter =
        accepted.cardinality() == count ? Optional.empty() : Optional.of(new ItemsQuery(accepted));
  }

  @Override
  public int[] search(float[] query, int k, int effort) throws IOException {
    // More than k are asked for and the best k kept: Lucene's only way to search harder.
    TopDocs top =
        searcher
            .orElseThrow()
            .search(new KnnFloatVectorQuery(FIELD, query, effort, filter.orElse(null)), k);
    int[] found = new int[top.scoreDocs.length];
    for (int i = 0; i < found.length; i++) {
      ScoreDoc hit = top.scoreDocs[i];
      // One segment, written once in order: a document's number is its item.
      found[i] = hit.doc;
    }
    return found;
  }

  @Override
  public void close() throws IOException {
    if (searcher.isPresent()) {
      searcher.get().getIndexReader().close();
    }
    directory.close();
  }
}
