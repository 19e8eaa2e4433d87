package io.elacsym.distribution.transfer;

import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.Schema;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
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

  CsvFormat(Path path, FieldNames names) {
    this.path = path;
    this.names = names;
  }

  private CSVParser parser(InputFile file) throws IOException {
    boolean tabs = path.getFileName().toString().matches(".*\\.tsv(\\.gz)?");
    CSVParser parser =
        CSVFormat.DEFAULT
            .builder()
            .setDelimiter(tabs ? '\t' : ',')
            .setHeader()
            .setSkipHeaderRecord(true)
            .setAllowMissingColumnNames(false)
            .get()
            .parse(new InputStreamReader(file.content(), StandardCharsets.UTF_8));
    if (!parser.getHeaderNames().contains(names.id())) {
      throw ElacsymException.invalid(
          path
              + " has no column '"
              + names.id()
              + "' for the id, only "
              + parser.getHeaderNames()
              + "; name it with --id-column");
    }
    return parser;
  }

  @Override
  public Schema guessSchema() throws IOException {
    SequencedMap<String, CellGuess> guesses = new LinkedHashMap<>();
    int dimension = 0;
    try (InputFile file = InputFile.open(path)) {
      CSVParser parser = parser(file);
      Iterator<CSVRecord> records = parser.iterator();
      for (int i = 0; i < SAMPLE && records.hasNext(); i++) {
        CSVRecord record = records.next();
        for (String column : attributes(parser)) {
          guesses
              .computeIfAbsent(column, name -> new CellGuess())
              .add(record.isSet(column) ? record.get(column) : "");
        }
        if (record.isSet(names.vector()) && !record.get(names.vector()).isBlank()) {
          dimension = Cells.vector(names.vector(), record.get(names.vector())).length;
        }
      }
    }
    SequencedMap<String, Attribute> declared = new LinkedHashMap<>();
    guesses.forEach((column, guess) -> declared.put(column, guess.attribute()));
    return SchemaGuess.schema(dimension, declared);
  }

  private List<String> attributes(CSVParser parser) {
    return parser.getHeaderNames().stream()
        .filter(column -> !column.equals(names.id()) && !column.equals(names.vector()))
        .toList();
  }

  @Override
  public RowSource open(Schema schema) throws IOException {
    InputFile file = InputFile.open(path);
    CSVParser parser = parser(file);
    Iterator<CSVRecord> records = parser.iterator();
    List<String> attributes = attributes(parser);
    for (String column : attributes) {
      if (schema.attribute(column).isEmpty()) {
        throw ElacsymException.invalid(
            "the namespace has no attribute '"
                + column
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
        long line = parser.getCurrentLineNumber() + 1;
        try {
          return records.hasNext()
              ? Optional.of(row(line, records.next(), attributes, schema))
              : Optional.empty();
        } catch (UncheckedIOException e) {
          throw new IOException(path + ", line " + line + ": " + e.getMessage(), e);
        }
      }

      @Override
      public long position() {
        return file.position();
      }

      @Override
      public long size() {
        return file.size();
      }

      @Override
      public void close() throws IOException {
        parser.close();
      }
    };
  }

  private Row row(long line, CSVRecord record, List<String> attributes, Schema schema) {
    try {
      if (!record.isConsistent()) {
        throw new Cells.WrongCell(
            record.size() + " values, expected " + record.getParser().getHeaderNames().size());
      }
      return new Row.Document(line, document(record, attributes, schema));
    } catch (Cells.WrongCell e) {
      return new Row.Rejected(line, e.reason());
    }
  }

  private byte[] document(CSVRecord record, List<String> attributes, Schema schema)
      throws Cells.WrongCell {
    boolean hasVector = record.isMapped(names.vector()) && !record.get(names.vector()).isBlank();
    float[] vector =
        hasVector ? Cells.vector(names.vector(), record.get(names.vector())) : new float[0];
    return Cells.json(json -> {
      json.writeStartObject();
      json.writeFieldName("id");
      Cells.writeId(record.get(names.id()), names.textIds(), json);
      if (hasVector) {
        json.writeStringField("vector", JsonText.base64(vector));
      }
      json.writeObjectFieldStart("attributes");
      for (String column : attributes) {
        String cell = record.get(column);
        if (!cell.isEmpty()) {
          AttributeType type = schema.attribute(column).orElseThrow().type();
          json.writeFieldName(column);
          Cells.write(column, cell, type, json);
        }
      }
      json.writeEndObject();
      json.writeEndObject();
    });
  }
}
