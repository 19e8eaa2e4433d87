package io.elacsym.engine.upkeep;

import io.elacsym.engine.cas.ObjectList;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.manifest.SegmentEntry;
import io.elacsym.engine.manifest.SegmentEntry.IndexEntry;
import io.elacsym.engine.writer.LostIndexes.Lost;
import io.elacsym.engine.writer.NamespaceContext;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds indexes that are gone from the storage, by listing where they should be. */
public final class MissingIndexes {
  private MissingIndexes() {}

  /** Those that a manifest names and that are not there. */
  public static List<Lost> find(NamespaceContext context, Manifest manifest) {
    Map<String, Lost> named = new LinkedHashMap<>();
    for (SegmentEntry segment : manifest.segments()) {
      for (IndexEntry index : segment.indexes()) {
        named.put(context.object(index.blob().name()), new Lost(segment.id(), index));
      }
    }
    // A branch has indexes in the folder of its source, too.
    Set<String> folders = new HashSet<>();
    named.keySet().forEach(name -> folders.add(name.substring(0, name.indexOf('/') + 1)));
    folders.forEach(folder ->
        ObjectList.each(
            context.storage(), folder + "indexes/", object -> named.remove(object.name())));
    return List.copyOf(named.values());
  }
}
