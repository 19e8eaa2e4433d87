package io.elacsym.index.bm25.blob.v2;

import io.elacsym.index.bm25.search.Norms;
import io.elacsym.index.bm25.search.TextData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.codecs.FieldsProducer;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.IOBooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A blob as Lucene sees it. Row limits are ignored: a segment has all its rows. */
final class BlobData implements TextData {
  /**
   * How many bytes of each file of lengths {@link #fetch} asks for at most. Any row may be scored,
   * so the whole file is fetched if it is not longer.
   */
  private static final long MOST_LENGTHS = 4L << 20;

  /** How many bytes of term blocks {@link #fetchTerms} asks for at most. */
  private static final long MOST_TERMS = 8L << 20;

  /** Of how many terms it is remembered that they were fetched. */
  private static final int MOST_KNOWN = 16_384;

  private final BlobBytes blob;
  private final BlobLayout layout;

  /** Terms that were fetched for a need, so that they are not looked up again for it. */
  private final Map<Need, Set<String>> fetched = new ConcurrentHashMap<>();

  private final FieldsProducer fields;
  private final BlobInput lengths;
  private final BlobInput norms;
  private final BlobInput postings;
  private final BlobInput positions;
  private final BlobInput terms;

  BlobData(BlobBytes blob) throws IOException {
    this.blob = blob;
    this.layout = blob.layout();
    BlobDirectory directory = new BlobDirectory(blob);
    this.lengths = directory.openInput(BlobLayout.LENGTHS, IOContext.DEFAULT);
    this.norms = directory.openInput(BlobLayout.NORMS, IOContext.DEFAULT);
    this.postings = directory.openInput(PostingsCodec.POSTINGS, IOContext.DEFAULT);
    this.positions = directory.openInput(PostingsCodec.POSITIONS, IOContext.DEFAULT);
    this.terms = directory.openInput(PostingsCodec.TERMS, IOContext.DEFAULT);
    BlobLayout.check(
        norms.length() == layout.rows()
            && lengths.length() == (long) layout.rows() * layout.lengthWidth(),
        "its rows and the lengths of rows differ in number");
    this.fields = PostingsCodec.open(directory, layout.rows());
  }

  @Override
  public @Nullable Terms terms(int rowLimit) {
    try {
      return fields.terms(FIELD);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public NumericDocValues norms(int rowLimit) {
    BlobInput input = norms.clone();
    return new Norms(layout.rows()) {
      @Override
      protected byte norm(int row) {
        try {
          return input.readByte((long) row);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  @Override
  public long documents(int rowLimit) {
    return layout.documents();
  }

  @Override
  public long totalTerms(int rowLimit) {
    return layout.totalTerms();
  }

  @Override
  public RowLengths lengths(int rowLimit) {
    BlobInput input = lengths.clone();
    int width = layout.lengthWidth();
    return row -> {
      try {
        return switch (width) {
          case 1 -> input.readByte((long) row) & 0xff;
          case 2 -> input.readShort(2L * row) & 0xffff;
          default -> input.readInt(4L * row);
        };
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  @Override
  public void fetch(Collection<String> texts, Need need) throws IOException {
    Set<String> known = fetched.computeIfAbsent(need, _ -> ConcurrentHashMap.newKeySet());
    Terms all = blob.isComplete() || known.containsAll(texts) ? null : terms(layout.rows());
    if (all == null) {
      return;
    }
    List<TermsEnum> lookups = new ArrayList<>();
    List<IOBooleanSupplier> finds = new ArrayList<>();
    for (String text : texts) {
      TermsEnum lookup = all.iterator();
      IOBooleanSupplier find = lookup.prepareSeekExact(new BytesRef(text));
      if (find != null) {
        lookups.add(lookup);
        finds.add(find);
      }
    }
    for (int i = 0; i < finds.size(); i++) {
      if (finds.get(i).get() && need != Need.NOTHING) {
        PostingsCodec.Extent extent = PostingsCodec.postings(lookups.get(i));
        postings.prefetch(extent.offset(), extent.length());
        if (need == Need.PLACES) {
          PostingsCodec.Extent places = PostingsCodec.positions(lookups.get(i));
          positions.prefetch(places.offset(), places.length());
        }
      }
    }
    if (need != Need.NOTHING) {
      norms.prefetch(0, Math.min(norms.length(), MOST_LENGTHS));
    }
    if (need == Need.COUNTS) {
      lengths.prefetch(0, Math.min(lengths.length(), MOST_LENGTHS));
    }
    blob.load();
    if (known.size() > MOST_KNOWN) {
      known.clear();
    }
    known.addAll(texts);
  }

  @Override
  public void fetchTerms() throws IOException {
    if (!blob.isComplete()) {
      terms.prefetch(0, Math.min(terms.length(), MOST_TERMS));
      blob.load();
    }
  }

  void close() throws IOException {
    fields.close();
  }
}
