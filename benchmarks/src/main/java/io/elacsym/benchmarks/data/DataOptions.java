package io.elacsym.benchmarks.data;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the data is. */
public final class DataOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where `bench data` puts documents and queries.")
  private Path directory = Path.of("benchmarks", "target", "data");

  public Path directory() {
    return directory;
  }

  public DataFiles files() {
    return new DataFiles(directory);
  }
}
