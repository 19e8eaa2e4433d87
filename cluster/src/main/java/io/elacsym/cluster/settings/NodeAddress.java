package io.elacsym.cluster.settings;

import io.elacsym.api.ElacsymException;
import java.net.URI;

/**
 * How the name of a node becomes its address.
 *
 * @param template an address in which {@code {node}} stands for the name
 */
public record NodeAddress(String template) {
  static final String DEFAULT = "http://{node}:3000";

  private static final String KEY = "distributed.address";
  private static final String NODE = "{node}";

  static NodeAddress of(String template, Discovery discovery) {
    NodeAddress address = new NodeAddress(template);
    if (discovery != Discovery.BUCKET && !template.contains(NODE)) {
      throw ElacsymException.invalid(
          KEY
              + " is '"
              + template
              + "', expected {node} where the name of a node is to stand, as in "
              + DEFAULT);
    }
    var _ = url(KEY, template.replace(NODE, "node-0"));
    return address;
  }

  /** The address of a node of that name. */
  public URI of(String node) {
    return url(KEY, template.replace(NODE, node));
  }

  /**
   * Checks an address.
   *
   * @param key what it is given by, for messages
   */
  static URI url(String key, String text) {
    try {
      URI url = URI.create(text.replaceAll("/+$", ""));
      if ("http".equals(url.getScheme())
          && url.getHost() != null
          && url.getRawPath().isEmpty()
          && url.getRawQuery() == null
          && url.getRawUserInfo() == null) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      throw invalid(key, text);
    }
    throw invalid(key, text);
  }

  private static ElacsymException invalid(String key, String text) {
    return ElacsymException.invalid(
        key + " has '" + text + "', expected an address such as http://indexer-0:3000");
  }
}
