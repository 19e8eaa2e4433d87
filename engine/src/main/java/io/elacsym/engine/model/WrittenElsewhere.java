package io.elacsym.engine.model;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import java.util.Optional;

/**
 * The cause of a refusal: another node of the cluster should do this. Nothing was done, so that it
 * can be sent there.
 */
public final class WrittenElsewhere extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Optional<String> node;

  private WrittenElsewhere(Optional<String> node) {
    super("another node writes", null, false, false);
    this.node = node;
  }

  /**
   * The refusal.
   *
   * @param node who should write; empty when this process knows nobody
   */
  public static ElacsymException of(String namespace, Optional<String> node) {
    return new ElacsymException(
        ErrorKind.UNAVAILABLE,
        "namespace '"
            + namespace
            + "' is not written by this node"
            + node.map(other -> " but by '" + other + "'").orElse("")
            + "; nothing was done, try again",
        new WrittenElsewhere(node));
  }

  /** The cause of a failure, if it is this. */
  public static Optional<WrittenElsewhere> in(ElacsymException failure) {
    return failure.getCause() instanceof WrittenElsewhere known
        ? Optional.of(known)
        : Optional.empty();
  }

  /** Who should write; empty when this process knows nobody. */
  public Optional<String> node() {
    return node;
  }
}
