package io.elacsym.distribution.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a module provides is found on the class path, too, where nobody reads its module-info. */
class ServicesTest {
  @Test
  void whatModulesProvideIsSaidForTheClassPathAsWell() throws IOException {
    int provided = 0;
    for (Checkout.Part part : Checkout.modules()) {
      Map<String, List<String>> provides =
          part.descriptor().provides().stream()
              .filter(service -> service.service().startsWith("io.elacsym.api."))
              .collect(
                  Collectors.toMap(
                      ModuleDescriptor.Provides::service, ModuleDescriptor.Provides::providers));
      assertThat(onClassPath(part)).as(part.folder()).isEqualTo(provides);
      provided += provides.size();
    }
    assertThat(provided).isGreaterThan(8);
  }

  private static Map<String, List<String>> onClassPath(Checkout.Part part) throws IOException {
    Path services = part.classes().resolve("META-INF").resolve("services");
    Map<String, List<String>> found = new TreeMap<>();
    if (Files.isDirectory(services)) {
      try (Stream<Path> files = Files.list(services)) {
        for (Path file : files.toList()) {
          String service = file.getFileName().toString();
          if (service.startsWith("io.elacsym.api.")) {
            found.put(service, Files.readAllLines(file));
          }
        }
      }
    }
    return found;
  }
}
