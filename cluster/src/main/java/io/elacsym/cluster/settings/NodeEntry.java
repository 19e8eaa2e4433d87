package io.elacsym.cluster.settings;

import io.elacsym.api.ElacsymException;
import java.net.URI;
import java.util.Optional;

/**
 * A node as a list of the configuration names it.
 *
 * @param name its {@code node_id}, or with discovery by DNS the name of a host
 * @param url where it answers; empty where its name tells
 */
public record NodeEntry(String name, Optional<URI> url) {
  static NodeEntry of(String key, String text) {
    int equals = text.indexOf('=');
    if (equals < 0) {
      return new NodeEntry(text, Optional.empty());
    }
    return new NodeEntry(
        text.substring(0, equals).strip(),
        Optional.of(NodeAddress.url(key, text.substring(equals + 1).strip())));
  }

  /** Where it answers. */
  public URI url(NodeAddress otherwise) {
    return url.orElseGet(() -> otherwise.of(name));
  }

  /**
   * @throws ElacsymException when the name cannot be one
   */
  public NodeEntry {
    if (!name.matches("[A-Za-z0-9._-]{1,253}")) {
      throw ElacsymException.invalid(
          "distributed: '" + name + "' is no name of a node, expected such as indexer-0");
    }
  }
}
