package io.elacsym.index.bm25;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.lucene.codecs.FieldsProducer;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.Terms;
import org.apache.lucene.store.IOContext;
import org.jspecify.annotations.Nullable;

/** A blob as Lucene sees it. Row limits are ignored: a segment has all its rows. */
final class BlobData implements TextData {
  private final BlobLayout layout;
  private final FieldsProducer fields;
  private final BlobInput lengths;
  private final BlobInput norms;

  BlobData(BlobBytes blob) throws IOException {
    this.layout = blob.layout();
    BlobDirectory directory = new BlobDirectory(blob);
    this.lengths = directory.openInput(BlobLayout.LENGTHS, IOContext.DEFAULT);
    this.norms = directory.openInput(BlobLayout.NORMS, IOContext.DEFAULT);
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

  void close() throws IOException {
    fields.close();
  }
}
