package io.elacsym.api;

import java.util.List;

/**
 * What every plugin says of itself. Found through {@link java.util.ServiceLoader}; must have a
 * public no-argument constructor (or {@code provider} method) that does no work.
 */
public interface Provider {
  /**
   * The name that configuration uses and stored data records: {@code [a-z][a-z0-9-]*}, at most 32
   * characters, unique among installed plugins of one kind, and never changed once data exists.
   */
  String name();

  /** {@link SpiLevel#CURRENT}, as it was when the plugin was compiled. */
  int spiLevel();

  /** One line for {@code elacsym plugins}: what it is, for whom. */
  String description();

  /** The options it understands, in the order in which they should be shown. */
  default List<Option> options() {
    return List.of();
  }

  /**
   * Refuses values that have the right types and still make no sense: out of range, or not
   * together. Asked before anything is opened, so that all mistakes of a configuration are found at
   * once. Does no other work.
   *
   * @throws ElacsymException {@link ErrorKind#INVALID_REQUEST}, with a message that begins with the
   *     option's key
   */
  default void check(Options options) {}
}
