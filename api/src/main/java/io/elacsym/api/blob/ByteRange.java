package io.elacsym.api.blob;

/**
 * A range of bytes of one object.
 *
 * @param offset of the first byte, from 0
 * @param length how many bytes, from 0; {@link Long#MAX_VALUE} means to the end
 */
public record ByteRange(long offset, long length) {
  /** The whole object. */
  public static final ByteRange ALL = new ByteRange(0, Long.MAX_VALUE);

  public ByteRange {
    if (offset < 0 || length < 0) {
      throw new IllegalArgumentException("negative byte range " + offset + "+" + length);
    }
  }

  /** The first byte after the range; {@link Long#MAX_VALUE} when it is open. */
  public long end() {
    return length > Long.MAX_VALUE - offset ? Long.MAX_VALUE : offset + length;
  }

  /** The part of this range that lies in an object of {@code size} bytes; may be empty. */
  public ByteRange within(long size) {
    long from = Math.min(offset, size);
    return new ByteRange(from, Math.min(end(), size) - from);
  }
}
