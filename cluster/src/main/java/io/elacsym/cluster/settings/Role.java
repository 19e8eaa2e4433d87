package io.elacsym.cluster.settings;

import java.util.Arrays;
import java.util.Optional;

/** What a node does. */
public enum Role {
  /** Writes, flushes and compacts; answers queries where no query node does. */
  INDEXER("indexer"),
  /** Answers queries, and never writes. */
  QUERY("query"),
  /** Both. */
  BOTH("both");

  private final String id;

  Role(String id) {
    this.id = id;
  }

  /** Its name in configurations and reports. */
  public String id() {
    return id;
  }

  /** Whether it may become the writer of namespaces. */
  public boolean writes() {
    return this != QUERY;
  }

  /** Whether queries are sent to it. */
  public boolean answersQueries() {
    return this != INDEXER;
  }

  /** The role of a name. */
  public static Optional<Role> byId(String id) {
    return Arrays.stream(values()).filter(role -> role.id.equals(id)).findFirst();
  }
}
