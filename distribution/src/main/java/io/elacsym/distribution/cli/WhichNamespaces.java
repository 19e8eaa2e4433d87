package io.elacsym.distribution.cli;

import io.elacsym.api.ElacsymException;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.NamespacePage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** One namespace, or all there are. */
final class WhichNamespaces {
  private static final String ALL = "all";
  private static final int PAGE = 1_000;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      description = "Which namespace, or all. Default: all")
  private String namespace = ALL;

  boolean all() {
    return namespace.equals(ALL);
  }

  /** Whether exactly the namespace of this name is meant. */
  boolean are(String name) {
    return !all() && namespace.equals(name);
  }

  /**
   * Their names.
   *
   * @throws ElacsymException {@code NOT_FOUND} when all are wanted and there are none
   */
  List<String> names(Engine engine) {
    if (!all()) {
      return List.of(namespace);
    }
    List<String> names = new ArrayList<>();
    Optional<String> next = Optional.of("");
    while (next.isPresent()) {
      NamespacePage page = engine.list("", next.get(), PAGE);
      names.addAll(page.names());
      next = page.next();
    }
    if (names.isEmpty()) {
      throw ElacsymException.notFound("the storage holds no namespace; is it the right one?");
    }
    return names;
  }
}
