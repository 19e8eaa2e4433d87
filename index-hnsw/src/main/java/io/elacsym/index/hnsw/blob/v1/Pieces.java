package io.elacsym.index.hnsw.blob.v1;

import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.index.codes.Bytes;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Parts of a blob that are copied into memory of our own, in pieces of at most {@link #MOST} bytes.
 * For one thread.
 */
final class Pieces {
  /** The most bytes of a piece. */
  static final int MOST = 4 << 20;

  private record Piece(ByteRange range, Consumer<MemorySegment> target) {}

  private final BlobSource source;
  private final List<Piece> pieces = new ArrayList<>();
  private int next;

  Pieces(BlobSource source) {
    this.source = source;
  }

  /** Adds one piece. */
  void add(long at, long length, Consumer<MemorySegment> target) {
    pieces.add(new Piece(new ByteRange(at, length), target));
  }

  void ints(long at, int[] to) {
    int most = MOST / Integer.BYTES;
    for (int from = 0; from < to.length; from += most) {
      int first = from;
      int length = Math.min(most, to.length - from);
      add(
          at + 4L * from,
          4L * length,
          bytes -> MemorySegment.copy(bytes, Bytes.U32, 0, to, first, length));
    }
  }

  void floats(long at, float[] to) {
    add(at, 4L * to.length, bytes -> MemorySegment.copy(bytes, Bytes.F32, 0, to, 0, to.length));
  }

  void bytes(long at, MemorySegment to) {
    for (long from = 0; from < to.byteSize(); from += MOST) {
      MemorySegment part = to.asSlice(from, Math.min(MOST, to.byteSize() - from));
      add(at + from, part.byteSize(), part::copyFrom);
    }
  }

  /** Reads all that are left in one wave. The host need not keep what is copied here. */
  void fetch() {
    fetch(Long.MAX_VALUE);
  }

  /**
   * Reads the next ones in one wave, of so many bytes at most or else one.
   *
   * @return whether that was the last
   */
  boolean fetch(long most) {
    List<Piece> wave = new ArrayList<>();
    long bytes = 0;
    for (int i = next; i < pieces.size(); i++) {
      Piece piece = pieces.get(i);
      if (!wave.isEmpty() && bytes + piece.range().length() > most) {
        break;
      }
      bytes += piece.range().length();
      wave.add(piece);
    }
    List<MemorySegment> read = source.readOnce(wave.stream().map(Piece::range).toList());
    for (int i = 0; i < read.size(); i++) {
      wave.get(i).target().accept(read.get(i));
    }
    next += wave.size();
    return next == pieces.size();
  }
}
