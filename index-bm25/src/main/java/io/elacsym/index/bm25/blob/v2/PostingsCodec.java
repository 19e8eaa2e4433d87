package io.elacsym.index.bm25.blob.v2;

import io.elacsym.index.bm25.search.TextData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.lucene.codecs.FieldsConsumer;
import org.apache.lucene.codecs.FieldsProducer;
import org.apache.lucene.codecs.NormsProducer;
import org.apache.lucene.codecs.PostingsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104PostingsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104PostingsFormat.IntBlockTermState;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.Fields;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SegmentInfo;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.util.InfoStream;
import org.apache.lucene.util.Version;

/**
 * Lucene's postings format used by itself, without the index around it: no commit, no merge, no
 * stored fields, and a row keeps its number. Fixed by version 2 of the blob: a newer Lucene that
 * changes it means a new class beside this one.
 */
final class PostingsCodec {
  /**
   * How many bytes one posting takes, as an estimate: few take more than a distance of 16 bits and
   * a small frequency.
   */
  private static final long BYTES_PER_POSTING = 2;

  /**
   * The most bytes of one term's postings that are fetched ahead. What lies behind is read by the
   * search itself, which skips most of it.
   */
  private static final long MOST_POSTINGS = 1L << 20;

  /** The file of {@link #postings}. */
  static final String POSTINGS = "_0.doc";

  /** The file of {@link #positions}. */
  static final String POSITIONS = "_0.pos";

  /** The file of term blocks. */
  static final String TERMS = "_0.tim";

  /** Positions that Lucene does not pack into blocks: fewer than this of a term. */
  private static final long MOST_UNPACKED = 128;

  /** Bytes of an unpacked position, as an estimate. */
  private static final long BYTES_PER_POSITION = 2;

  private static final byte[] SEGMENT_ID = "elacsym.bm25.v02".getBytes(StandardCharsets.US_ASCII);
  private static final PostingsFormat FORMAT = new Lucene104PostingsFormat();

  private PostingsCodec() {}

  /** Writes the postings of all terms below {@code rows} as files of {@code directory}. */
  static void write(TextData data, int rows, Directory directory) throws IOException {
    SegmentWriteState state =
        new SegmentWriteState(
            InfoStream.NO_OUTPUT,
            directory,
            segment(directory, rows),
            TextData.FIELDS,
            null,
            IOContext.DEFAULT);
    try (FieldsConsumer consumer = FORMAT.fieldsConsumer(state)) {
      consumer.write(new OneField(data, rows), new OneFieldNorms(data, rows));
    }
  }

  /** Opens what {@link #write} has written. */
  static FieldsProducer open(Directory directory, int rows) throws IOException {
    return FORMAT.fieldsProducer(
        new SegmentReadState(
            directory, segment(directory, rows), TextData.FIELDS, IOContext.DEFAULT));
  }

  /** A range of the file {@link #POSTINGS}; it may reach beyond its end. */
  record Extent(long offset, long length) {}

  /** About where the postings of the term lie at which {@code term} stands. */
  static Extent postings(TermsEnum term) throws IOException {
    if (!(term.termState() instanceof IntBlockTermState state) || state.docFreq == 1) {
      return new Extent(0, 0); // a single row is kept with the term
    }
    return new Extent(
        state.docStartFP, Math.min(MOST_POSTINGS, BYTES_PER_POSTING * (64L + state.docFreq)));
  }

  /** About where the positions of that term lie. */
  static Extent positions(TermsEnum term) throws IOException {
    if (!(term.termState() instanceof IntBlockTermState state)) {
      return new Extent(0, 0);
    }
    long packed = Math.max(0, state.lastPosBlockOffset);
    long unpacked = BYTES_PER_POSITION * Math.min(state.totalTermFreq, MOST_UNPACKED);
    return new Extent(state.posStartFP, Math.min(MOST_POSTINGS, packed + unpacked));
  }

  private static SegmentInfo segment(Directory directory, int rows) {
    return new SegmentInfo(
        directory,
        Version.LATEST,
        Version.LATEST,
        "_0",
        rows,
        false,
        false,
        null,
        Map.of(),
        SEGMENT_ID,
        Map.of(),
        null);
  }

  private static final class OneField extends Fields {
    private final TextData data;
    private final int rows;

    OneField(TextData data, int rows) {
      this.data = data;
      this.rows = rows;
    }

    @Override
    public Iterator<String> iterator() {
      return List.of(TextData.FIELD).iterator();
    }

    @Override
    @SuppressWarnings("NullAway") // Lucene's contract: null is "no terms"
    public Terms terms(String field) {
      return data.terms(rows);
    }

    @Override
    public int size() {
      return 1;
    }
  }

  /** From these the codec computes the impacts that let searches skip blocks. */
  private static final class OneFieldNorms extends NormsProducer {
    private final TextData data;
    private final int rows;

    OneFieldNorms(TextData data, int rows) {
      this.data = data;
      this.rows = rows;
    }

    @Override
    public NumericDocValues getNorms(FieldInfo field) {
      return data.norms(rows);
    }

    @Override
    public void checkIntegrity() {}

    @Override
    public void close() {}
  }
}
