/**
 * Segment format plugin {@code parquet}: documents in Apache Parquet files that any Parquet tool
 * can read.
 *
 * <p><b>Columns.</b> Every column is optional. {@code BOOL}, {@code INT64}, {@code FLOAT64} and
 * {@code BINARY} have the types of these names; {@code STRING} is UTF-8; {@code uint} is an
 * unsigned integer, {@code datetime} a timestamp of milliseconds in UTC, {@code uuid} a UUID. Lists
 * are three-level lists of required elements; vectors are such lists of floats. The exact
 * declarations are in the file's key-value metadata under {@code elacsym.column.*}.
 *
 * <p><b>Layout.</b> Pages are small, so that a few rows can be read without decoding many others,
 * and an offset index at the end of the file says where they are. Vectors are stored plain and
 * uncompressed, because compression gains next to nothing there. Strings and integers with few
 * different values have a dictionary. Page checksums are written.
 *
 * <p><b>Reading</b> a few rows costs two waves of requests; opening the file costs none, because
 * all it needs is at the end, which the host has in memory. The first of the two is not needed when
 * the index lies there, too.
 *
 * <p>The library's column encodings and metadata are used, but neither its record assembly nor its
 * file reader, and no part of Hadoop.
 */
module io.elacsym.format.parquet {
  requires io.elacsym.api;
  requires io.elacsym.format.columnar;

  provides io.elacsym.api.segment.SegmentFormatProvider with
      io.elacsym.format.parquet.ParquetFormatProvider;
}
