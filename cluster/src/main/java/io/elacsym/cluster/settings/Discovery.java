package io.elacsym.cluster.settings;

import java.util.Arrays;
import java.util.Optional;

/** How a node learns which others there are. */
public enum Discovery {
  /** The lists in the configuration name them all. */
  STATIC("static"),
  /** The lists name hosts, and each address that a host has is a node. */
  DNS("dns"),
  /** Every node tells of itself in the storage. */
  BUCKET("bucket");

  private final String id;

  Discovery(String id) {
    this.id = id;
  }

  /** Its name in configurations. */
  public String id() {
    return id;
  }

  /** The discovery of a name. */
  public static Optional<Discovery> byId(String id) {
    return Arrays.stream(values()).filter(discovery -> discovery.id.equals(id)).findFirst();
  }
}
