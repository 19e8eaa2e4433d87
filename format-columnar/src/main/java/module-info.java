/**
 * What segment formats have in common whose files are columnar, such as Parquet's and ORC's. It
 * provides no plugin: a plugin with such a format has this module in its directory, beside its own.
 *
 * <p>{@link io.elacsym.format.columnar.ColumnarReader} is the reader of a segment. It checks what
 * is asked for, asks for each row once, and says of a file that its library cannot decode that it
 * is corrupt. A plugin adds what only its library can do: a {@link
 * io.elacsym.format.columnar.ColumnarFile}, whose methods may fail as the library does.
 *
 * <p>How columns are declared in a file ({@link io.elacsym.format.columnar.SchemaMetadata}), how
 * they are compressed ({@link io.elacsym.format.columnar.Compression}) and what a UUID is ({@link
 * io.elacsym.format.columnar.Uuids}) is decided here, too, so that all formats do it alike.
 */
@SuppressWarnings("module") // the modules it is exported to are built after this one
module io.elacsym.format.columnar {
  requires io.elacsym.api;

  exports io.elacsym.format.columnar to
      io.elacsym.format.orc,
      io.elacsym.format.parquet;
}
