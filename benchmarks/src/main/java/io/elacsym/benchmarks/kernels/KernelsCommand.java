package io.elacsym.benchmarks.kernels;

import io.elacsym.benchmarks.measure.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the JMH benchmarks. */
@Command(
    name = "kernels",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description =
        "Nanoseconds to compare one vector or code with a query, one thread, by JMH: the SIMD kernels and"
            + " their plain twins, on vectors in the CPU's cache (256) and from main memory"
            + " (200,000). Takes about 4 minutes.")
public final class KernelsCommand implements Callable<Integer> {
  @Option(names = "--json", paramLabel = "FILE", description = "Where the results go as JSON.")
  private Path json = Path.of("benchmarks", "target", "kernels.json");

  @Override
  public Integer call() throws IOException, RunnerException {
    Machine.facts().forEach((name, value) -> System.out.printf("%-8s %s%n", name, value));
    Files.createDirectories(json.toAbsolutePath().getParent());
    new Runner(
            new OptionsBuilder()
                .include(VectorMathBenchmark.class.getSimpleName())
                .resultFormat(ResultFormatType.JSON)
                .result(json.toString())
                .build())
        .run();
    return 0;
  }
}
