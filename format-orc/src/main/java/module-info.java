/**
 * Segment format plugin {@code orc}: documents in Apache ORC files that any ORC tool can read.
 *
 * <p><b>Columns.</b> Each is a nullable field of the root struct. {@code BOOL}, {@code INT64},
 * {@code FLOAT64}, {@code STRING} and {@code BINARY} have the types of these names; {@code uint} is
 * the same 64 bits, because ORC has no unsigned numbers; {@code datetime} is an instant of
 * milliseconds; {@code uuid} is 16 bytes. Lists are lists of these, vectors lists of floats. The
 * exact declarations are in the file's user metadata under {@code elacsym.column.*}.
 *
 * <p><b>Layout.</b> Row groups are small, so that a few rows can be read without decoding many
 * others. Streams of a stripe lie from the shortest to the longest, so that what is small lies
 * together. Vectors are stored uncompressed, because compression gains next to nothing there, and
 * in chunks of one size, so that where a vector lies follows from its number. There are no
 * dictionaries: a reader of one row would have to read one whole.
 *
 * <p><b>Reading</b> a few rows costs two waves of requests: the indexes of the stripes they are in,
 * which are kept, and then nothing but their row groups, and of vectors no more than the vectors
 * themselves. Opening the file costs none, because all it needs is at the end, which the host has
 * in memory.
 *
 * <p><b>Rooms.</b> {@code layout} is what writing and reading agree on. {@code write} hands rows to
 * the library's column writers, which encode them and write the indexes and the statistics. {@code
 * read} reads by itself: docs/format/segment-orc-reading.md tells what the library's reader would
 * cost.
 */
module io.elacsym.format.orc {
  requires io.elacsym.api;
  requires io.elacsym.format.columnar;

  provides io.elacsym.api.segment.SegmentFormatProvider with
      io.elacsym.format.orc.OrcFormatProvider;
}
