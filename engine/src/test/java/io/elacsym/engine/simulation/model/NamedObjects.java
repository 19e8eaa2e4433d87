package io.elacsym.engine.simulation.model;

import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.manifest.SegmentEntry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which objects a manifest keeps: the one place that says so for all tests. Names are whole.
 *
 * <p>What else will be kept, versions of former manifests say, is to be added here.
 */
public final class NamedObjects {
  private NamedObjects() {}

  /** Objects that the segments of a manifest consist of, and their sizes. */
  static Map<String, Long> blobs(String namespace, Manifest manifest) {
    Map<String, Long> blobs = new HashMap<>();
    manifest.segments().stream()
        .flatMap(SegmentEntry::blobs)
        .forEach(blob -> blobs.put(namespace + "/" + blob.name(), blob.bytes()));
    return blobs;
  }

  /**
   * All that may be there once everything is at rest and every grace is over.
   *
   * @param lastSequence of the WAL
   */
  public static Set<String> atRest(String namespace, Manifest manifest, long lastSequence) {
    Set<String> names = new HashSet<>(blobs(namespace, manifest).keySet());
    names.add(namespace + "/manifest.json");
    for (long entry = manifest.walFloor(); entry <= lastSequence; entry++) {
      names.add(wal(namespace, entry));
    }
    if (manifest.state() == Manifest.State.DROPPED) {
      // The fence, for a former writer that still sleeps.
      names.add(wal(namespace, manifest.walFloor() - 1));
    }
    return names;
  }

  private static String wal(String namespace, long sequence) {
    return String.format(Locale.ROOT, "%s/wal/%020d.wal", namespace, sequence);
  }
}
