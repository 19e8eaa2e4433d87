package io.elacsym.cluster.settings;

import java.util.Arrays;
import java.util.Optional;

/** What a node does with a request that is for another one. */
public enum Routing {
  /** Sends it there, and the answer back. */
  FORWARD("forward"),
  /** Tells its client the address. */
  REDIRECT("redirect");

  private final String id;

  Routing(String id) {
    this.id = id;
  }

  /** Its name in configurations. */
  public String id() {
    return id;
  }

  /** The routing of a name. */
  public static Optional<Routing> byId(String id) {
    return Arrays.stream(values()).filter(routing -> routing.id.equals(id)).findFirst();
  }
}
