package io.elacsym.engine.filter;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.Encoding;
import io.elacsym.api.blob.BlobSink;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.engine.model.AttributeType;

/** Attribute indexes as bytes; see {@code docs/format/index-attribute.md}. */
public final class AttributeIndexCodec {
  /** What is written. */
  public static final Encoding ENCODING = Encoding.of("attribute", 2);

  private AttributeIndexCodec() {}

  public static void write(AttributePostings postings, AttributeType type, BlobSink sink) {
    IndexWriter.write(postings, type.element(), IndexWriter.Cut.USUAL, sink);
  }

  /**
   * Opens an index.
   *
   * @throws ElacsymException {@code CORRUPT} when the bytes are no index of this type, or one of
   *     another version: then it is built anew
   */
  public static AttributeIndex open(
      BlobSource source, Encoding encoding, AttributeType type, int rowCount) {
    if (encoding.equals(ENCODING)) {
      return AttributeIndex.open(source, type.element(), rowCount);
    }
    throw ElacsymException.corrupt("attribute index is of the unknown version " + encoding);
  }
}
