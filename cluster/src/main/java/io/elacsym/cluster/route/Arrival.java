package io.elacsym.cluster.route;

/** How a request has come to this node. */
public enum Arrival {
  /** From a client: this node decides where it goes. */
  FROM_CLIENT,
  /** From a node that believes this one to be right. It may be told another one. */
  FORWARDED,
  /** From a node that has found no better one: it is served here, whatever this node believes. */
  INSISTED
}
