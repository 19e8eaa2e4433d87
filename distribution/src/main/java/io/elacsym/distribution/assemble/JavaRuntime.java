package io.elacsym.distribution.assemble;

import io.elacsym.api.ElacsymException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.Set;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;

/**
 * A Java that an assembled directory brings with it, so that the machine needs none: that which
 * runs this program, without what only those who write programs need. Plugins may use any other
 * module.
 */
public final class JavaRuntime {
  /** Its directory in an assembled one, where the launcher looks for it. */
  public static final String DIRECTORY = "runtime";

  /** Compilers, debuggers and documentation; words for other languages are large and not used. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "jdk.attach",
          "jdk.compiler",
          "jdk.editpad",
          "jdk.graal.compiler",
          "jdk.graal.compiler.management",
          "jdk.hotspot.agent",
          "jdk.jartool",
          "jdk.javadoc",
          "jdk.jconsole",
          "jdk.jdeps",
          "jdk.jdi",
          "jdk.jlink",
          "jdk.jpackage",
          "jdk.jshell",
          "jdk.jstatd",
          "jdk.localedata",
          "jdk.unsupported.desktop");

  private JavaRuntime() {}

  /**
   * Makes one.
   *
   * @param out the assembled directory
   * @throws ElacsymException {@code INVALID_REQUEST} when this Java cannot make another
   */
  public static void linkInto(Path out) {
    ToolProvider jlink =
        ToolProvider.findFirst("jlink")
            .orElseThrow(() ->
                ElacsymException.invalid(
                    "this Java has no jlink; run the command with a JDK (JAVA_HOME)"));
    StringWriter output = new StringWriter();
    PrintWriter lines = new PrintWriter(output, true);
    int code =
        jlink.run(
            lines,
            lines,
            "--add-modules",
            modules(),
            // Not --strip-debug, which starts objcopy: many machines have none, and it makes
            // nothing
            // smaller, because the libraries of a JDK have their symbols stripped already.
            "--strip-java-debug-attributes",
            "--no-man-pages",
            "--no-header-files",
            "--compress",
            "zip-6",
            "--output",
            out.resolve(DIRECTORY).toString());
    if (code != 0) {
      throw ElacsymException.invalid("jlink failed: " + output.toString().strip());
    }
  }

  private static String modules() {
    return ModuleFinder.ofSystem().findAll().stream()
        .map(module -> module.descriptor().name())
        .filter(name -> !LEFT_OUT.contains(name) && !name.startsWith("jdk.internal."))
        .sorted()
        .collect(Collectors.joining(","));
  }
}
