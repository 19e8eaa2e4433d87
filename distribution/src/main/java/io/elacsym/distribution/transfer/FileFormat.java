package io.elacsym.distribution.transfer;

import io.elacsym.api.ElacsymException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of files that documents come in and go out to. */
public enum FileFormat {
  JSONL("jsonl", "jsonl|ndjson|json"),
  CSV("csv", "csv|tsv"),
  PARQUET("parquet", "parquet"),
  FVECS("fvecs", "fvecs");

  private final String id;
  private final String endings;

  FileFormat(String id, String endings) {
    this.id = id;
    this.endings = endings;
  }

  public String id() {
    return id;
  }

  /** The format that a file's name ends in, {@code .gz} not counted. */
  public static Optional<FileFormat> ofName(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT).replaceAll("\\.gz$", "");
    return Arrays.stream(values())
        .filter(format -> name.matches(".*\\.(" + format.endings + ")"))
        .findFirst();
  }

  /** The format that was asked for, or that the name of the file says. */
  public static FileFormat of(Optional<String> asked, Path file) {
    Optional<FileFormat> format =
        asked.isPresent()
            ? Arrays.stream(values()).filter(f -> f.id.equals(asked.get())).findFirst()
            : ofName(file);
    return format.orElseThrow(() ->
        ElacsymException.invalid(
            asked
                    .map(name -> "--format is '" + name + "'")
                    .orElse("the name of " + file + " does not tell its format")
                + ", expected --format with one of "
                + Arrays.stream(values()).map(FileFormat::id).toList()));
  }
}
