package io.elacsym.engine.segment;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.index.RowSet;
import io.elacsym.engine.blob.BlobFile;
import io.elacsym.engine.blob.BlobStore;
import io.elacsym.engine.manifest.ObjectNames;
import io.elacsym.engine.manifest.SegmentEntry.BlobRef;
import io.elacsym.engine.manifest.SegmentEntry.Tombstones;
import java.io.ByteArrayOutputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.roaringbitmap.RoaringBitmap;

/** Deleted rows of a segment as a sealed blob: a portable Roaring bitmap of row numbers. */
public final class TombstoneCodec {
  private TombstoneCodec() {}

  /**
   * Stores the rows that are not alive.
   *
   * @param unique distinguishes this object from earlier ones of the segment
   */
  public static Tombstones store(
      BlobStore blobs, String namespace, String segment, String unique, RowSet alive) {
    RoaringBitmap dead = new RoaringBitmap();
    for (int row = 0; row < alive.rowCount(); row++) {
      if (!alive.contains(row)) {
        dead.add(row);
      }
    }
    dead.runOptimize();
    String name = SegmentNames.tombstones(segment, unique);
    try (BlobFile file = blobs.newFile()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutput out = new DataOutputStream(bytes);
      dead.serialize(out);
      file.write(bytes.toByteArray());
      file.seal();
      return new Tombstones(
          new BlobRef(name, blobs.put(ObjectNames.absolute(namespace, name), file)),
          dead.getCardinality());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rows that are alive. */
  static RowSet read(String name, BlobSource source, Tombstones tombstones, int rows) {
    ByteBuffer bytes = source.read(0, source.size()).asByteBuffer();
    RoaringBitmap dead = new RoaringBitmap();
    try {
      dead.deserialize(bytes);
    } catch (IOException | RuntimeException e) {
      throw ElacsymException.corrupt("object " + name + " is no Roaring bitmap");
    }
    if (dead.getCardinality() != tombstones.count()
        || (!dead.isEmpty() && Integer.compareUnsigned(dead.last(), rows) >= 0)) {
      throw ElacsymException.corrupt(
          "object " + name + " has other rows than the manifest says: " + dead.getCardinality());
    }
    long[] words = new long[(rows + 63) >> 6];
    for (int row = 0; row < rows; row++) {
      words[row >> 6] |= 1L << row;
    }
    dead.forEach((int row) -> words[row >> 6] &= ~(1L << row));
    return RowSet.ofWords(rows, words);
  }
}
