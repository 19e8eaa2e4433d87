package io.elacsym.distribution.scaffold;

import java.util.List;

/**
 * A kind of plugin for which there is a scaffold: which files it begins with, and what is renamed
 * in them.
 */
public enum ScaffoldKind {
  STORAGE(
      "storage",
      "storage",
      "io.elacsym.api.storage.StorageProvider",
      "io.elacsym.tck.storage.StorageContract",
      "%Name%StorageProvider",
      "it keeps objects in memory, with conditional puts that are atomic",
      "[storage]\nbackend = \"%name%\"",
      """
      tck/memory/MemoryStorage.java > %Name%Storage.java
      """,
      """
      MemoryStorage > %Name%Storage
      """),

  FORMAT(
      "format",
      "segment format",
      "io.elacsym.api.segment.SegmentFormatProvider",
      "io.elacsym.tck.segment.SegmentFormatContract",
      "%Name%FormatProvider",
      "it writes columns in chunks of 1,024 rows and finds rows by a directory at the end",
      "[segment]\nformat = \"%name%\"",
      """
      tck/memory/Cells.java > Cells.java
      tck/memory/RowsCells.java > %Name%Cells.java
      tck/memory/RowsDirectory.java > %Name%Directory.java
      tck/memory/RowsFormatProvider.java > %Name%FormatProvider.java
      tck/memory/RowsReader.java > %Name%Reader.java
      tck/memory/RowsStatistics.java > %Name%Statistics.java
      tck/memory/RowsWriter.java > %Name%Writer.java
      """,
      """
      RowsCells > %Name%Cells
      RowsDirectory > %Name%Directory
      RowsFormatProvider > %Name%FormatProvider
      RowsReader > %Name%Reader
      RowsStatistics > %Name%Statistics
      RowsWriter > %Name%Writer
      return "rows"; > return "%extension%";
      "rows" > "%name%"
      {@code rows} > {@code %name%}
      """),

  VECTOR_INDEX(
      "vector-index",
      "vector index",
      "io.elacsym.api.index.VectorIndexProvider",
      "io.elacsym.tck.index.VectorIndexContract",
      "%Name%IndexProvider",
      "it compares the query with every vector",
      "[index]\nvector = \"%name%\"",
      """
      flat/FlatBuild.java > %Name%Build.java
      flat/FlatIndexProvider.java > %Name%IndexProvider.java
      flat/FlatLayout.java > %Name%Layout.java
      flat/FlatReader.java > %Name%Reader.java
      flat/Similarity.java > Similarity.java
      """,
      """
      FlatBuild > %Name%Build
      FlatIndexProvider > %Name%IndexProvider
      FlatLayout > %Name%Layout
      FlatReader > %Name%Reader
      "flat" > "%name%"
      {@code flat} > {@code %name%}
      """),

  TEXT_INDEX(
      "text-index",
      "text index",
      "io.elacsym.api.index.TextIndexProvider",
      "io.elacsym.tck.index.TextIndexContract",
      "%Name%IndexProvider",
      "it keeps the terms of all rows and computes BM25 from them",
      "[index]\ntext = \"%name%\"",
      """
      tck/oracle/PatternWeight.java > PatternWeight.java
      tck/oracle/PhraseFrequency.java > PhraseFrequency.java
      tck/oracle/ReferenceBm25.java > Bm25.java
      tck/reference/PlainTextIndex.java > %Name%IndexProvider.java
      """,
      """
      PlainTextIndex > %Name%IndexProvider
      ReferenceBm25 > Bm25
      "plain-text" > "%name%"
      """);

  private final String id;
  private final String label;
  private final String spi;
  private final String contract;
  private final String provider;
  private final String what;
  private final String configuration;
  private final String sources;
  private final String renamed;

  ScaffoldKind(
      String id,
      String label,
      String spi,
      String contract,
      String provider,
      String what,
      String configuration,
      String sources,
      String renamed) {
    this.id = id;
    this.label = label;
    this.spi = spi;
    this.contract = contract;
    this.provider = provider;
    this.what = what;
    this.configuration = configuration;
    this.sources = sources;
    this.renamed = renamed;
  }

  /** As the command line calls it; picocli shows and reads this. */
  @Override
  public String toString() {
    return id;
  }

  String label() {
    return label;
  }

  String spi() {
    return spi;
  }

  String contract() {
    return contract;
  }

  String provider() {
    return provider;
  }

  String what() {
    return what;
  }

  String configuration() {
    return configuration;
  }

  /** Which files it begins with: a template and its name in the package. */
  List<Change> sources() {
    return changes(sources);
  }

  /** What is called otherwise in them, in this order. */
  List<Change> renamed() {
    return changes(renamed);
  }

  /** Something old and what it becomes. */
  record Change(String from, String to) {}

  private static List<Change> changes(String lines) {
    return lines
        .lines()
        .map(line -> line.split(" > ", 2))
        .map(parts -> new Change(parts[0], parts[1]))
        .toList();
  }
}
