package io.elacsym.distribution.transfer;

import dev.hardwood.InputFile;
import dev.hardwood.metadata.LogicalType;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import dev.hardwood.schema.SchemaNode;
import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Parquet of any writer: columns of plain values and of lists of them. A row is a document. Read by
 * a library of its own and not by the segment format plugin, which only knows the files it wrote.
 */
final class ParquetFormat implements RowSource.Format {
  private final Path path;
  private final FieldNames names;

  ParquetFormat(Path path, FieldNames names) {
    this.path = path;
    this.names = names;
  }

  /**
   * A column of the file.
   *
   * @param unsigned whether its whole numbers have no sign
   */
  private record Column(String name, boolean unsigned) {}

  @Override
  public Schema guessSchema() throws IOException {
    SchemaGuess guess = new SchemaGuess();
    try (Rows rows = new Rows(0)) {
      rows.attributes().forEach(column -> guess.know(column.name()));
      Optional<Row> row = rows.next();
      while (row.isPresent() && guess.wantsMore()) {
        if (row.get() instanceof Row.Document document) {
          guess.add(document.json());
        }
        row = rows.next();
      }
    }
    return guess.schema();
  }

  @Override
  public RowSource open(Schema schema) throws IOException {
    Rows rows = new Rows(0);
    for (Column column : rows.attributes()) {
      if (schema.attribute(column.name()).isEmpty()) {
        rows.close();
        throw ElacsymException.invalid(
            "the namespace has no attribute '"
                + column.name()
                + "' for that column of "
                + path
                + "; it has "
                + schema.attributes().keySet());
      }
    }
    return rows;
  }

  private final class Rows implements RowSource {
    private final ParquetFileReader file;
    private final List<Column> columns;
    private final long size;
    private RowReader rows;
    private long number;

    Rows(long skipped) throws IOException {
      this.size = Files.size(path);
      try {
        this.file = ParquetFileReader.open(InputFile.of(path));
      } catch (IOException | RuntimeException e) {
        throw unreadable(e);
      }
      this.columns = columns(file.getFileSchema().getRootNode());
      this.rows = file.buildRowReader().skip(skipped).build();
    }

    List<Column> attributes() {
      return columns.stream()
          .filter(column -> !column.name().equals(names.id()))
          .filter(column -> !column.name().equals(names.vector()))
          .toList();
    }

    @Override
    public String rowName() {
      return "row";
    }

    @Override
    public Optional<Row> next() {
      try {
        if (!rows.hasNext()) {
          return Optional.empty();
        }
        rows.next();
        number++;
        return Optional.of(row());
      } catch (UncheckedIOException | IllegalStateException | IllegalArgumentException e) {
        throw unreadable(e);
      }
    }

    @Override
    public void skip(long skipped) {
      rows.close();
      rows = file.buildRowReader().skip(skipped).build();
      number = skipped;
    }

    private Row row() {
      try {
        return new Row.Document(number, document());
      } catch (Cells.WrongCell e) {
        return new Row.Rejected(number, e.reason());
      }
    }

    private byte[] document() throws Cells.WrongCell {
      if (rows.isNull(names.id())) {
        throw new Cells.WrongCell(names.id() + " is absent, expected an id");
      }
      for (Column column : columns) {
        if (!rows.isNull(column.name())) {
          ParquetValues.checkText(
              column.name(), rows.getValue(column.name()), rows.getRawValue(column.name()));
        }
      }
      boolean hasVector =
          columns.stream().anyMatch(column -> column.name().equals(names.vector()))
              && !rows.isNull(names.vector());
      float[] vector =
          hasVector
              ? ParquetValues.vector(names.vector(), rows.getValue(names.vector()))
              : new float[0];
      return Cells.json(json -> {
        json.writeStartObject();
        json.writeFieldName("id");
        ParquetValues.writeId(
            names.id(), rows.getValue(names.id()), hasUnsignedIds(), names.textIds(), json);
        if (hasVector) {
          json.writeStringField("vector", JsonText.base64(vector));
        }
        json.writeObjectFieldStart("attributes");
        for (Column column : attributes()) {
          if (!rows.isNull(column.name())) {
            json.writeFieldName(column.name());
            ParquetValues.write(
                column.name(), rows.getValue(column.name()), column.unsigned(), json);
          }
        }
        json.writeEndObject();
        json.writeEndObject();
      });
    }

    private boolean hasUnsignedIds() {
      return columns.stream()
          .anyMatch(column -> column.name().equals(names.id()) && column.unsigned());
    }

    @Override
    public long position() {
      long all = file.getFileMetaData().numRows();
      return all == 0 ? size : Math.min(size, (long) ((double) size * number / all));
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public void close() throws IOException {
      rows.close();
      file.close();
    }
  }

  private ElacsymException unreadable(Exception e) {
    return ElacsymException.invalid(path + ": no Parquet that can be read: " + e.getMessage());
  }

  private List<Column> columns(SchemaNode.GroupNode root) {
    List<Column> columns = new ArrayList<>();
    for (SchemaNode node : root.children()) {
      columns.add(new Column(node.name(), isUnsigned(element(node))));
    }
    if (columns.stream().noneMatch(column -> column.name().equals(names.id()))) {
      throw ElacsymException.invalid(
          path
              + " has no column '"
              + names.id()
              + "' for the id, only "
              + columns.stream().map(Column::name).toList()
              + "; name it with --id-column");
    }
    return columns;
  }

  /** The node of a column's plain values. */
  private SchemaNode.PrimitiveNode element(SchemaNode node) {
    return switch (node) {
      case SchemaNode.PrimitiveNode plain -> plain;
      case SchemaNode.GroupNode group
          when group.isList() && group.getListElement() instanceof SchemaNode.PrimitiveNode plain ->
          plain;
      default ->
          throw ElacsymException.invalid(
              path
                  + " has the nested column '"
                  + node.name()
                  + "', expected plain values and lists of them");
    };
  }

  private static boolean isUnsigned(SchemaNode.PrimitiveNode node) {
    return node.logicalType() instanceof LogicalType.IntType type && !type.isSigned();
  }
}
