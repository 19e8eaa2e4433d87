package io.elacsym.benchmarks.data;

import java.nio.file.Path;

/**
 * The files of a data directory.
 *
 * @param directory where they are
 */
public record DataFiles(Path directory) {
  /** Elacsym documents, one a line, in random order. */
  public Path documents() {
    return directory.resolve("documents.jsonl");
  }

  /** The schema of a namespace for them. */
  public Path schema() {
    return directory.resolve("schema.json");
  }

  /** Queries from definitions that are not among the documents. */
  public Path glosses() {
    return directory.resolve("glosses.jsonl");
  }

  /** Queries as people would type them. */
  public Path phrases() {
    return directory.resolve("phrases.jsonl");
  }
}
