package io.elacsym.distribution.transfer;

import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * CSV with a head line (RFC 4180; tabs between the values of a {@code .tsv} file). An empty value
 * is an absent one. Types are those of the namespace's schema.
 */
final class CsvFormat implements RowSource.Format {
  private static final int SAMPLE = 1_000;

  private final Path path;
  private final FieldNames names;
  private final TextOptions text;

  CsvFormat(Path path, FieldNames names, TextOptions text) {
    this.path = path;
    this.names = names;
    this.text = text;
  }

  /** An open file behind its head line. */
  private final class Table implements AutoCloseable {
    private final InputFile file;
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private final CsvHead head;

    Table() throws IOException {
      boolean tabs = path.getFileName().toString().matches(".*\\.tsv(\\.gz)?");
      file = InputFile.open(path);
      try {
        parser =
            CSVFormat.DEFAULT
                .builder()
                .setDelimiter(tabs ? '\t' : ',')
                .get()
                .parse(new StrictText(file.content(), text.charset()));
        records = parser.iterator();
        head = CsvHead.of(path, records, names, text);
      } catch (UncheckedIOException e) {
        file.close();
        throw new IOException(path + ", line 1: " + reason(e), e);
      } catch (IOException | RuntimeException e) {
        file.close();
        throw e;
      }
    }

    @Override
    public void close() throws IOException {
      parser.close();
    }
  }

  /**
   * What is wrong with the form of a file, in the words of the library but without names of its
   * classes.
   */
  private static String reason(UncheckedIOException e) {
    Throwable cause = e.getCause();
    return String.valueOf((cause == null ? e : cause).getMessage());
  }

  @Override
  public Schema guessSchema() throws IOException {
    SequencedMap<String, CellGuess> guesses = new LinkedHashMap<>();
    int dimension = 0;
    try (Table table = new Table()) {
      table.head.attributes().forEach(column -> guesses.put(column.name(), new CellGuess()));
      for (int i = 0; i < SAMPLE && table.records.hasNext(); i++) {
        CSVRecord record = table.records.next();
        for (CsvHead.Column column : table.head.attributes()) {
          if (column.isIn(record)) {
            guesses.computeIfAbsent(column.name(), name -> new CellGuess()).add(column.of(record));
          }
        }
        Optional<String> vector = table.head.vector().map(column -> column.of(record));
        if (vector.isPresent() && !vector.get().isBlank()) {
          dimension = dimension(vector.get(), dimension);
        }
      }
    } catch (UncheckedIOException e) {
      throw new IOException(path + ": " + reason(e), e);
    }
    SequencedMap<String, Attribute> declared = new LinkedHashMap<>();
    guesses.forEach((column, guess) -> declared.put(column, guess.attribute()));
    return SchemaGuess.schema(dimension, declared);
  }

  /**
   * The dimension of the vector in a cell. A cell that holds no vector tells nothing about it, so
   * the result is {@code otherwise}; the row itself will be refused when it is read.
   */
  private int dimension(String cell, int otherwise) {
    try {
      return Cells.vector(names.vector(), cell).length;
    } catch (Cells.WrongCell e) {
      return otherwise;
    }
  }

  @Override
  public RowSource open(Schema schema) throws IOException {
    Table table = new Table();
    for (CsvHead.Column column : table.head.attributes()) {
      if (schema.attribute(column.name()).isEmpty()) {
        table.close();
        throw ElacsymException.invalid(
            "the namespace has no attribute '"
                + column.name()
                + "' for that column of "
                + path
                + "; it has "
                + schema.attributes().keySet());
      }
    }
    return new RowSource() {
      @Override
      public String rowName() {
        return "line";
      }

      @Override
      public Optional<Row> next() throws IOException {
        long line = table.parser.getCurrentLineNumber() + 1;
        try {
          return table.records.hasNext()
              ? Optional.of(row(line, table.records.next(), table.head, schema))
              : Optional.empty();
        } catch (UncheckedIOException e) {
          throw new IOException(path + ", line " + line + ": " + reason(e), e);
        }
      }

      @Override
      public long position() {
        return table.file.position();
      }

      @Override
      public long size() {
        return table.file.size();
      }

      @Override
      public void close() throws IOException {
        table.close();
      }
    };
  }

  private Row row(long line, CSVRecord record, CsvHead head, Schema schema) {
    try {
      if (record.size() != head.size()) {
        throw new Cells.WrongCell(record.size() + " values, expected " + head.size());
      }
      for (CsvHead.Column column : head.columns()) {
        OptionalInt bad = StrictText.firstBad(column.of(record));
        if (bad.isPresent()) {
          throw new Cells.WrongCell(
              column.name() + ", character " + (bad.getAsInt() + 1) + ": " + text.refusal());
        }
      }
      return new Row.Document(line, document(record, head, schema));
    } catch (Cells.WrongCell e) {
      return new Row.Rejected(line, e.reason());
    }
  }

  private byte[] document(CSVRecord record, CsvHead head, Schema schema) throws Cells.WrongCell {
    String cell = head.vector().map(column -> column.of(record)).orElse("");
    boolean hasVector = !cell.isBlank();
    float[] vector = hasVector ? Cells.vector(names.vector(), cell) : new float[0];
    return Cells.json(json -> {
      json.writeStartObject();
      json.writeFieldName("id");
      Cells.writeId(head.id().of(record), names.textIds(), json);
      if (hasVector) {
        json.writeStringField("vector", JsonText.base64(vector));
      }
      json.writeObjectFieldStart("attributes");
      for (CsvHead.Column column : head.attributes()) {
        String value = column.of(record);
        if (!value.isEmpty()) {
          AttributeType type = schema.attribute(column.name()).orElseThrow().type();
          json.writeFieldName(column.name());
          Cells.write(column.name(), value, type, json);
        }
      }
      json.writeEndObject();
      json.writeEndObject();
    });
  }
}
