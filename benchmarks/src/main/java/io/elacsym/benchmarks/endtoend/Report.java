package io.elacsym.benchmarks.endtoend;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elacsym.benchmarks.measure.Machine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The results of a run: text for people as it goes on, JSON for programs at the end. */
public final class Report {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final ObjectNode root = JSON.createObjectNode();
  private final PrintStream out;

  /** Starts with the machine and the parameters. */
  public Report(PrintStream out, List<String> parameters) {
    this.out = out;
    ObjectNode machine = root.putObject("machine");
    Machine.facts()
        .forEach((name, value) -> {
          machine.put(name, value);
          out.printf("%-8s %s%n", name, value);
        });
    out.printf("%-8s %s%n%n", "run", String.join(", ", parameters));
    parameters.forEach(root.putArray("parameters")::add);
  }

  public void print(String text) {
    out.println(text);
  }

  /** A new object of results, at the end of the list {@code section}. */
  public ObjectNode object(String section, String name) {
    return root.withArrayProperty(section).addObject().put("name", name);
  }

  public void write(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, JSON.writeValueAsBytes(root));
    out.println("The same as JSON: " + file);
  }
}
