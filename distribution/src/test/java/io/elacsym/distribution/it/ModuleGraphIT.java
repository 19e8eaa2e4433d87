package io.elacsym.distribution.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds the modules to the arrows of the architecture; the plugin loader does so for plugins. */
class ModuleGraphIT {
  private static final Map<String, Set<String>> ARROWS =
      Map.of(
          "io.elacsym.api", Set.of(),
          "io.elacsym.engine", Set.of("io.elacsym.api"),
          "io.elacsym.server.helidon", Set.of("io.elacsym.engine"),
          "io.elacsym.distribution", Set.of("io.elacsym.engine", "io.elacsym.server.helidon"));

  @Test
  void modulesReadOnlyWhatTheArchitectureAllows() {
    Map<String, Set<String>> found =
        ModuleFinder.of(Installation.HOME.resolve("lib")).findAll().stream()
            .map(reference -> reference.descriptor())
            .filter(descriptor -> descriptor.name().startsWith("io.elacsym."))
            .collect(Collectors.toMap(ModuleDescriptor::name, ModuleGraphIT::ours));
    assertThat(found).isEqualTo(ARROWS);
  }

  @Test
  void theApiNeedsNothingButJavaBase() {
    ModuleDescriptor api =
        ModuleFinder.of(Installation.HOME.resolve("lib"))
            .find("io.elacsym.api")
            .orElseThrow()
            .descriptor();
    assertThat(api.requires())
        .filteredOn(r -> !r.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC))
        .extracting(ModuleDescriptor.Requires::name)
        .containsExactly("java.base");
  }

  private static Set<String> ours(ModuleDescriptor descriptor) {
    return descriptor.requires().stream()
        .map(ModuleDescriptor.Requires::name)
        .filter(name -> name.startsWith("io.elacsym."))
        .collect(Collectors.toSet());
  }
}
