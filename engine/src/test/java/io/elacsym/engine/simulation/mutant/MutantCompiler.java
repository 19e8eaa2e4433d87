package io.elacsym.engine.simulation.mutant;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles one changed class of the engine, in memory. */
final class MutantCompiler {
  private MutantCompiler() {}

  /** The class files of a mutant, by class name. */
  static Map<String, byte[]> compile(Mutant mutant) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Map<String, ByteArrayOutputStream> written = new HashMap<>();
    StringWriter messages = new StringWriter();
    JavaFileManager files =
        new ForwardingJavaFileManager<>(compiler.getStandardFileManager(null, null, null)) {
          @Override
          public JavaFileObject getJavaFileForOutput(
              Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + name), kind) {
              @Override
              public OutputStream openOutputStream() {
                return written.computeIfAbsent(name, n -> new ByteArrayOutputStream());
              }
            };
          }
        };
    boolean compiled =
        compiler.getTask(messages, files, null, options(), null, List.of(source(mutant))).call();
    if (!compiled) {
      throw new AssertionError("the mutant '" + mutant + "' does not compile\n" + messages);
    }
    Map<String, byte[]> classes = new HashMap<>();
    written.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
    return classes;
  }

  private static List<String> options() {
    String path =
        System.getProperty("java.class.path")
            + File.pathSeparator
            + System.getProperty("jdk.module.path", "");
    return List.of("-cp", path, "-proc:none", "-nowarn", "--add-modules", "jdk.incubator.vector");
  }

  private static JavaFileObject source(Mutant mutant) {
    String text = mutant.source();
    return new SimpleJavaFileObject(
        URI.create("memory:///" + mutant.className().replace('.', '/') + ".java"),
        JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
  }
}
