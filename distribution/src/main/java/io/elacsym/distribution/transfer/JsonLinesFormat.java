package io.elacsym.distribution.transfer;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.elacsym.engine.model.Schema;
import io.elacsym.server.helidon.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * JSON Lines: one document a line, either as the HTTP interface has it ({@code
 * {"id":1,"vector":[..],"attributes":{..}}}) or flat ({@code {"id":1,"title":"..","vector":[..]}}).
 * Values pass through as the bytes they are; only the names around them are looked at.
 */
final class JsonLinesFormat implements RowSource.Format {
  private static final Set<String> DOCUMENT = Set.of("id", "vector", "attributes");

  private final Path path;
  private final FieldNames names;
  private final TextOptions text;
  private final Utf8 utf8 = new Utf8();

  JsonLinesFormat(Path path, FieldNames names, TextOptions text) {
    this.path = path;
    this.names = names;
    this.text = text;
  }

  @Override
  public Schema guessSchema() throws IOException {
    SchemaGuess guess = new SchemaGuess();
    try (RowSource source = open()) {
      Optional<Row> row = source.next();
      while (row.isPresent() && guess.wantsMore()) {
        if (row.get() instanceof Row.Document document) {
          guess.add(document.json());
        }
        row = source.next();
      }
    }
    return guess.schema();
  }

  @Override
  public RowSource open(Schema schema) throws IOException {
    return open();
  }

  private RowSource open() throws IOException {
    InputFile file = InputFile.open(path);
    Lines lines =
        text.charset().equals(StandardCharsets.UTF_8)
            ? new LineReader(file.content())
            : new DecodedLines(new StrictText(file.content(), text.charset()));
    return new RowSource() {
      private long number;

      @Override
      public String rowName() {
        return "line";
      }

      @Override
      public Optional<Row> next() throws IOException {
        Optional<byte[]> line = lines.next();
        number += line.isPresent() ? 1 : 0;
        return line.map(json -> row(number, json));
      }

      @Override
      public void skip(long rows) throws IOException {
        while (number < rows && lines.next().isPresent()) {
          number++;
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
        file.close();
      }
    };
  }

  private Row row(long number, byte[] line) {
    if (isBlank(line)) {
      return new Row.Blank(number);
    }
    OptionalInt bad = utf8.firstBad(line);
    if (bad.isPresent()) {
      return new Row.Rejected(number, "column " + (bad.getAsInt() + 1) + ": " + text.refusal());
    }
    try {
      return new Row.Document(number, document(JsonSlices.of(line)));
    } catch (JsonProcessingException e) {
      return new Row.Rejected(number, "no JSON document: " + Json.reason(e));
    } catch (IOException e) {
      return new Row.Rejected(number, "no JSON document: " + e.getMessage());
    }
  }

  private static boolean isBlank(byte[] line) {
    for (byte b : line) {
      if (b != ' ' && b != '\t') {
        return false;
      }
    }
    return true;
  }

  /** The line itself when it is a document already, else its fields put where they belong. */
  private byte[] document(JsonSlices line) {
    boolean whole =
        names.areUsual()
            && line.fields().stream().allMatch(field -> DOCUMENT.contains(field.name()));
    boolean nested = line.fields().stream().anyMatch(field -> field.name().equals("attributes"));
    if (whole || (nested && names.areUsual())) {
      return line.json();
    }
    ByteArrayOutputStream document = new ByteArrayOutputStream(line.json().length + 64);
    ByteArrayOutputStream attributes = new ByteArrayOutputStream();
    for (JsonSlices.Field field : line.fields()) {
      if (field.name().equals(names.id())) {
        append(document, "id", line, field);
      } else if (field.name().equals(names.vector())) {
        append(document, "vector", line, field);
      } else {
        append(attributes, field.name(), line, field);
      }
    }
    if (attributes.size() > 0) {
      document.writeBytes(comma(document, "\"attributes\":{"));
      document.writeBytes(attributes.toByteArray());
      document.write('}');
    }
    return enclosed(document);
  }

  private static void append(
      ByteArrayOutputStream to, String name, JsonSlices line, JsonSlices.Field field) {
    to.writeBytes(comma(to, JsonText.quoted(name) + ":"));
    to.write(line.json(), field.from(), field.to() - field.from());
  }

  private static byte[] comma(ByteArrayOutputStream before, String text) {
    return ((before.size() > 0 ? "," : "") + text).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] enclosed(ByteArrayOutputStream fields) {
    ByteArrayOutputStream object = new ByteArrayOutputStream(fields.size() + 2);
    object.write('{');
    object.writeBytes(fields.toByteArray());
    object.write('}');
    return object.toByteArray();
  }
}
