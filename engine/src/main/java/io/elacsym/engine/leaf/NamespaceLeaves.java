package io.elacsym.engine.leaf;

import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.settings.Leaves;
import io.elacsym.engine.settings.Leaves.Leaf;
import io.elacsym.engine.settings.Leaves.Share;
import io.elacsym.engine.settings.Seams;
import io.elacsym.engine.snapshot.Snapshot;
import io.elacsym.engine.snapshot.Snapshot.SegmentView;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who searches the segments of a namespace. Safe for use by many threads. */
public final class NamespaceLeaves {
  private final Leaves leaves;
  private final InstantSource clock;
  private final String namespace;
  private final Patience patience = new Patience();

  public NamespaceLeaves(Seams seams, String namespace) {
    this.leaves = seams.leaves();
    this.clock = seams.clock();
    this.namespace = namespace;
  }

  /** Those who search, for one query, what this process does not search itself; by segment. */
  public Map<String, LeafCall> of(Snapshot snapshot) {
    Manifest manifest = snapshot.manifest();
    Map<String, Leaf> chosen = chosen(leaves, namespace, manifest);
    Map<String, LeafCall> calls = new HashMap<>();
    for (SegmentView view : snapshot.segments()) {
      String id = view.segment().entry().id();
      Leaf leaf = chosen.get(id);
      if (leaf != null) {
        calls.put(id, new LeafCall(leaf, clock, patience, manifest.version(), view.segment()));
      }
    }
    return calls;
  }

  /** Whether others search any segment of a namespace. */
  public static boolean areAsked(Leaves leaves, String namespace, Manifest manifest) {
    return !chosen(leaves, namespace, manifest).isEmpty();
  }

  private static Map<String, Leaf> chosen(Leaves leaves, String namespace, Manifest manifest) {
    List<Share> shares =
        manifest.segments().stream()
            .map(segment -> new Share(segment.id(), segment.bytes()))
            .toList();
    return leaves.of(namespace, shares);
  }
}
