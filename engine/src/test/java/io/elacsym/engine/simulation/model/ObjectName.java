package io.elacsym.engine.simulation.model;

import io.elacsym.engine.writer.EndMarkers;
import java.util.Optional;

/**
 * The name of an object of a namespace, taken apart.
 *
 * @param below what comes after the namespace
 */
record ObjectName(String namespace, String below) {
  /** Empty for an object that belongs to no namespace. */
  static Optional<ObjectName> of(String object) {
    int slash = object.indexOf('/');
    return slash < 0 || object.startsWith(EndMarkers.FOLDER)
        ? Optional.empty()
        : Optional.of(new ObjectName(object.substring(0, slash), object.substring(slash + 1)));
  }

  boolean isManifest() {
    return below.equals("manifest.json");
  }

  boolean isHistory() {
    return below.startsWith("history/");
  }

  /** The number of a WAL entry. */
  Optional<Long> walSequence() {
    return below.startsWith("wal/")
        ? Optional.of(Long.parseLong(below.substring(4, 24)))
        : Optional.empty();
  }

  /** The life that a WAL entry is of. */
  String walIncarnation() {
    return below.substring(25, below.lastIndexOf('.'));
  }
}
