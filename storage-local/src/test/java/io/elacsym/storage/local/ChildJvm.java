package io.elacsym.storage.local;

import io.elacsym.api.storage.Storage;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Another Java process that runs a main class of these tests on the class path. */
final class ChildJvm {
  private ChildJvm() {}

  static Process start(Class<?> main, Object... arguments) throws IOException {
    return new ProcessBuilder(command(main, arguments))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Starts it with a limit on the size of files, in KiB, as a quota would set one. */
  static Process startWithFileLimit(int kib, Class<?> main, Object... arguments)
      throws IOException {
    List<String> limited =
        new ArrayList<>(List.of("bash", "-c", "ulimit -f " + kib + " && exec \"$@\"", "limited"));
    limited.addAll(command(main, arguments));
    return new ProcessBuilder(limited).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static List<String> command(Class<?> main, Object... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"));
    command.add("-cp");
    command.add(
        Stream.of(main, LocalStorage.class, Storage.class)
            .map(ChildJvm::location)
            .distinct()
            .collect(Collectors.joining(System.getProperty("path.separator"))));
    command.add(main.getName());
    Stream.of(arguments).map(Object::toString).forEach(command::add);
    return command;
  }

  /** The jar or folder a class was loaded from, also when it was patched into a module. */
  private static String location(Class<?> type) {
    String resource = type.getName().replace('.', '/') + ".class";
    URL url = Objects.requireNonNull(type.getResource("/" + resource));
    String text = url.toString();
    if (text.startsWith("jar:")) {
      text = text.substring("jar:".length(), text.indexOf("!/"));
    } else {
      text = text.substring(0, text.length() - resource.length());
    }
    try {
      return Path.of(new java.net.URI(text)).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
