package io.elacsym.distribution.transfer;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.elacsym.api.ElacsymException;
import io.elacsym.api.Options;
import io.elacsym.api.segment.BatchCursor;
import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.SegmentFormatProvider;
import io.elacsym.api.segment.SegmentReader;
import io.elacsym.api.segment.ValueType;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** A file that a segment format plugin can read, such as Parquet: one row is one document. */
final class ColumnFormat implements RowSource.Format {
  private static final int BATCH_ROWS = 1_024;

  private final Path path;
  private final FieldNames names;
  private final SegmentFormatProvider plugin;

  ColumnFormat(Path path, FieldNames names, SegmentFormatProvider plugin) {
    this.path = path;
    this.names = names;
    this.plugin = plugin;
  }

  private SegmentReader reader() throws IOException {
    SegmentReader reader =
        plugin.open(
            FileBlob.open(path), plugin.encoding(), new ReaderContext(Options.defaults(plugin)));
    List<String> columns = reader.schema().columns().stream().map(ColumnSpec::name).toList();
    if (!columns.contains(names.id())) {
      reader.close();
      throw ElacsymException.invalid(
          path
              + " has no column '"
              + names.id()
              + "' for the id, only "
              + columns
              + "; name it with --id-column");
    }
    return reader;
  }

  @Override
  public Schema guessSchema() throws IOException {
    try (SegmentReader reader = reader();
        BatchCursor cursor = reader.scan(columns(reader), 0, BATCH_ROWS)) {
      SequencedMap<String, Attribute> attributes = new LinkedHashMap<>();
      Optional<ColumnBatch> sample = cursor.next();
      for (ColumnSpec column : reader.schema().columns()) {
        if (!column.name().equals(names.id()) && !column.name().equals(names.vector())) {
          attributes.put(column.name(), attribute(column, sample));
        }
      }
      return SchemaGuess.schema(dimension(reader, sample), attributes);
    }
  }

  private static Attribute attribute(ColumnSpec column, Optional<ColumnBatch> sample) {
    AttributeType type = ColumnValues.attributeType(column);
    if (type != AttributeType.STRING || sample.isEmpty()) {
      return Attribute.indexed(type);
    }
    TypeGuess guess = new TypeGuess();
    Column values = sample.get().column(column.name());
    for (int row = 0; row < values.rows(); row++) {
      if (values.isPresent(row)) {
        guess.add(JsonNodeFactory.instance.textNode(values.strings()[row]));
      }
    }
    return guess.attribute();
  }

  private int dimension(SegmentReader reader, Optional<ColumnBatch> sample) {
    Optional<ColumnSpec> vector =
        reader.schema().columns().stream()
            .filter(column -> column.name().equals(names.vector()))
            .findFirst();
    if (vector.isEmpty() || sample.isEmpty()) {
      return 0;
    }
    if (vector.get().type() == ValueType.VECTOR) {
      return vector.get().dimension();
    }
    Column values = sample.get().column(names.vector());
    return values.end(0) - values.start(0);
  }

  private static List<String> columns(SegmentReader reader) {
    return reader.schema().columns().stream().map(ColumnSpec::name).toList();
  }

  @Override
  public RowSource open(Schema schema) throws IOException {
    SegmentReader reader = reader();
    for (ColumnSpec column : reader.schema().columns()) {
      boolean known =
          column.name().equals(names.id())
              || column.name().equals(names.vector())
              || schema.attribute(column.name()).isPresent();
      if (!known) {
        reader.close();
        throw ElacsymException.invalid(
            "the namespace has no attribute '"
                + column.name()
                + "' for that column of "
                + path
                + "; it has "
                + schema.attributes().keySet());
      }
    }
    return new Rows(reader, FileBlob.open(path).size());
  }

  private final class Rows implements RowSource {
    private final SegmentReader reader;
    private final long size;
    private BatchCursor cursor;
    private Optional<ColumnBatch> batch = Optional.empty();
    private int rowOfBatch;
    private long row;

    Rows(SegmentReader reader, long size) {
      this.reader = reader;
      this.size = size;
      this.cursor = reader.scan(columns(reader), 0, BATCH_ROWS);
    }

    @Override
    public String rowName() {
      return "row";
    }

    @Override
    public void skip(long rows) {
      cursor.close();
      row = rows;
      cursor =
          reader.scan(
              columns(reader), (int) Math.min(rows, reader.rowCount()), BATCH_ROWS);
    }

    @Override
    public Optional<Row> next() {
      if (batch.isEmpty() || rowOfBatch == batch.get().rows()) {
        batch = cursor.next();
        rowOfBatch = 0;
      }
      return batch.map(
          columns -> {
            row++;
            return row(row, columns, rowOfBatch++);
          });
    }

    @Override
    public long position() {
      return reader.rowCount() == 0 ? size : size * row / reader.rowCount();
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public void close() {
      cursor.close();
      reader.close();
    }
  }

  private Row row(long number, ColumnBatch batch, int row) {
    Column id = batch.column(names.id());
    if (!id.isPresent(row)) {
      return new Row.Rejected(number, names.id() + " is absent, expected an id");
    }
    return new Row.Document(
        number,
        JsonText.bytes(
            json -> {
              json.writeStartObject();
              json.writeFieldName("id");
              writeId(id, row, json);
              if (batch.columns().containsKey(names.vector())) {
                writeVector(batch.column(names.vector()), row, json);
              }
              json.writeObjectFieldStart("attributes");
              for (Column column : batch.columns().values()) {
                if (column != id && !column.spec().name().equals(names.vector())) {
                  ColumnValues.write(column, row, json);
                }
              }
              json.writeEndObject();
              json.writeEndObject();
            }));
  }

  private void writeId(Column id, int row, JsonGenerator json) throws IOException {
    switch (id.spec().type()) {
      case INT64 -> {
        String digits = Long.toUnsignedString(id.longs()[row]);
        if (names.textIds()) {
          json.writeString(digits);
        } else {
          json.writeNumber(digits);
        }
      }
      case STRING -> json.writeString(id.strings()[row]);
      case BINARY -> json.writeString(ColumnValues.uuid(id.binaries()[row]).toString());
      default ->
          throw ElacsymException.invalid(
              "column "
                  + names.id()
                  + " of "
                  + path
                  + " is "
                  + id.spec().type().id()
                  + ", expected whole numbers or strings");
    }
  }

  private void writeVector(Column column, int row, JsonGenerator json) throws IOException {
    if (!column.isPresent(row)) {
      return;
    }
    float[] vector =
        switch (column.spec().type()) {
          case VECTOR -> {
            int dimension = column.spec().dimension();
            yield Arrays.copyOfRange(column.floats(), row * dimension, (row + 1) * dimension);
          }
          case FLOAT64 -> floats(column.doubles(), column.start(row), column.end(row));
          default ->
              throw ElacsymException.invalid(
                  "column "
                      + names.vector()
                      + " of "
                      + path
                      + " is "
                      + column.spec().type().id()
                      + ", expected a list of floats");
        };
    json.writeStringField("vector", JsonText.base64(vector));
  }

  private static float[] floats(double[] values, int from, int to) {
    float[] floats = new float[to - from];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[from + i];
    }
    return floats;
  }
}
