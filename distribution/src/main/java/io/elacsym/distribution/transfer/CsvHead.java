package io.elacsym.distribution.transfer;

import io.elacsym.api.ElacsymException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVRecord;

/**
 * The head line of a CSV file.
 *
 * @param size how many columns the file has, ignored ones included
 * @param columns those that are used
 * @param id the one of the id
 * @param vector the one of the vector
 * @param attributes all others
 */
record CsvHead(
    int size, List<Column> columns, Column id, Optional<Column> vector, List<Column> attributes) {

  /** A column by name and place. */
  record Column(String name, int index) {
    boolean isIn(CSVRecord record) {
      return index < record.size();
    }

    /** What a record has in this column; empty when the record is too short. */
    String of(CSVRecord record) {
      return isIn(record) ? record.get(index) : "";
    }
  }

  /**
   * Reads the head.
   *
   * @throws ElacsymException {@code INVALID_REQUEST} saying what is wrong with it, and what to do
   */
  static CsvHead of(Path path, Iterator<CSVRecord> records, FieldNames names, TextOptions text) {
    if (!records.hasNext()) {
      throw ElacsymException.invalid(path + " is empty, expected a line with the names of columns");
    }
    CSVRecord line = records.next();
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < line.size(); i++) {
      String name = name(path, line.get(i), i, text);
      if (!name.isEmpty()) {
        columns.add(new Column(name, i));
      }
    }
    checkNames(path, columns, text);
    Column id =
        find(columns, names.id())
            .orElseThrow(() ->
                ElacsymException.invalid(
                    path
                        + " has no column '"
                        + names.id()
                        + "' for the id, only "
                        + columns.stream().map(Column::name).toList()
                        + "; name it with --id-column"));
    Optional<Column> vector = find(columns, names.vector());
    List<Column> attributes = new ArrayList<>(columns);
    attributes.remove(id);
    vector.ifPresent(attributes::remove);
    return new CsvHead(line.size(), columns, id, vector, attributes);
  }

  /** The name of a column; empty when it is to be ignored. */
  private static String name(Path path, String name, int index, TextOptions text) {
    if (!name.isBlank()) {
      return name;
    }
    String given =
        text.unnamed()
            .orElseThrow(() ->
                ElacsymException.invalid(
                    path
                        + ": column "
                        + (index + 1)
                        + " has no name (pandas writes the numbers of its rows so); say what it is"
                        + " with --unnamed-column id, or leave it out with --unnamed-column "
                        + TextOptions.IGNORED));
    return given.equals(TextOptions.IGNORED) ? "" : given;
  }

  private static void checkNames(Path path, List<Column> columns, TextOptions text) {
    Set<String> seen = new HashSet<>();
    for (Column column : columns) {
      if (StrictText.firstBad(column.name()).isPresent()) {
        throw ElacsymException.invalid(
            path + ", line 1: column " + (column.index() + 1) + ": " + text.refusal());
      }
      if (!seen.add(column.name())) {
        throw ElacsymException.invalid(
            path + " has two columns '" + column.name() + "', expected each name once");
      }
    }
  }

  private static Optional<Column> find(List<Column> columns, String name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst();
  }
}
