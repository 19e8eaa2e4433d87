package io.elacsym.format.parquet;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.segment.ColumnBuilder;
import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.ValueType;
import java.io.IOException;
import java.util.Optional;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.values.ValuesReader;

/** The rows of one page, decoded front to back. For one thread. */
interface PageRows {
  /** Passes over rows. */
  void skip(int rows);

  /** Appends rows. */
  void read(int rows, ColumnBuilder to);

  static PageRows of(
      RawPage page, ColumnSpec spec, ColumnDescriptor leaf, Optional<Dictionary> dictionary)
      throws IOException {
    if (spec.type() == ValueType.VECTOR) {
      return new VectorPageRows(page, spec);
    }
    ValuesReader values = values(page, leaf, dictionary);
    return spec.list()
        ? new ListPageRows(page, leaf, values, ValueDecoder.of(spec.type(), values))
        : new ScalarPageRows(page, leaf, values, ValueDecoder.of(spec.type(), values));
  }

  private static ValuesReader values(
      RawPage page, ColumnDescriptor leaf, Optional<Dictionary> dictionary) throws IOException {
    Encoding encoding = Encoding.valueOf(page.header().getEncoding().name());
    ValuesReader values =
        encoding.usesDictionary()
            ? encoding.getDictionaryBasedValuesReader(
                leaf,
                ValuesType.VALUES,
                dictionary.orElseThrow(
                    () -> ElacsymException.corrupt("a Parquet page lacks its dictionary")))
            : encoding.getValuesReader(leaf, ValuesType.VALUES);
    if (page.values().hasRemaining()) { // else no row has a value
      values.initFromPage(page.header().getNum_values(), ByteBufferInputStream.wrap(page.values()));
    }
    return values;
  }
}
