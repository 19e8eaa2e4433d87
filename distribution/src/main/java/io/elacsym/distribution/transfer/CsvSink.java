package io.elacsym.distribution.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.elacsym.engine.model.Schema;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** CSV with a head line: id, attributes, vector. Lists and vectors are JSON arrays. */
final class CsvSink implements DocumentSink {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Schema schema;
  private final boolean vectors;
  private final OutputStreamWriter writer;
  private final CSVPrinter printer;

  CsvSink(Schema schema, boolean vectors, OutputStream out) {
    this.schema = schema;
    this.vectors = vectors && !schema.vectors().isEmpty();
    this.writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    try {
      this.printer =
          new CSVPrinter(writer, CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // cannot happen: a new printer writes nothing
    }
  }

  @Override
  public void start() throws IOException {
    List<String> head = new ArrayList<>();
    head.add("id");
    head.addAll(schema.attributes().keySet());
    if (vectors) {
      head.add("vector");
    }
    printer.printRecord(head);
    writer.flush();
  }

  @Override
  public void write(byte[] json, int from, int to) throws IOException {
    JsonNode document = JSON.readTree(json, from, to - from);
    List<String> cells = new ArrayList<>();
    cells.add(document.path("id").asText());
    for (String name : schema.attributes().keySet()) {
      cells.add(cell(document.path("attributes").path(name)));
    }
    if (vectors) {
      cells.add(cell(document.path("vector")));
    }
    printer.printRecord(cells);
    writer.flush();
  }

  private static String cell(JsonNode value) {
    return value.isArray() ? value.toString() : value.asText("");
  }
}
