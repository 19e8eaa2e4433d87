package io.elacsym.engine.simulation.model;

import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.manifest.ObjectNames;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which objects a manifest keeps: the one place of the simulation that says so. Names are whole.
 */
public final class NamedObjects {
  private NamedObjects() {}

  /** Objects that the segments of a manifest consist of, and their sizes. */
  static Map<String, Long> blobs(String namespace, Manifest manifest) {
    Map<String, Long> blobs = new HashMap<>();
    manifest
        .content()
        .blobs()
        .forEach(blob -> blobs.put(ObjectNames.absolute(namespace, blob.name()), blob.bytes()));
    return blobs;
  }

  /**
   * All that may be there once everything is at rest and every grace is over: nothing of a
   * namespace that has ended.
   *
   * @param lastSequence of the WAL
   */
  public static Set<String> atRest(String namespace, Manifest manifest, long lastSequence) {
    if (!manifest.isActive()) {
      return Set.of();
    }
    Set<String> names = new HashSet<>(blobs(namespace, manifest).keySet());
    names.add(namespace + "/manifest.json");
    String life = "-" + manifest.incarnation();
    // The last one that is dead stays.
    for (long entry = manifest.walFloor() - 1; entry <= lastSequence; entry++) {
      names.add(numbered(namespace + "/wal/", entry, life + ".wal"));
    }
    // What an earlier version uses that can be restored.
    manifest.garbage().stream()
        .filter(garbage -> garbage.version() > manifest.historyFrom())
        .filter(garbage -> !ObjectNames.isWal(garbage.name()))
        .forEach(garbage -> names.add(ObjectNames.absolute(namespace, garbage.name())));
    for (long version = manifest.historyFrom(); version <= manifest.version(); version++) {
      names.add(numbered(namespace + "/history/", version, life + ".json"));
    }
    return names;
  }

  private static String numbered(String folder, long number, String suffix) {
    return String.format(Locale.ROOT, "%s%020d%s", folder, number, suffix);
  }
}
