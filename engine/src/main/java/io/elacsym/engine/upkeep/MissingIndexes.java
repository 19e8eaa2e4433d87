package io.elacsym.engine.upkeep;

import io.elacsym.engine.cas.ObjectList;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.manifest.SegmentEntry;
import io.elacsym.engine.manifest.SegmentEntry.IndexEntry;
import io.elacsym.engine.writer.LostIndexes.Lost;
import io.elacsym.engine.writer.NamespaceContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds indexes that cannot be used: they are gone from the storage, which a listing of where they
 * should be tells, or no installed plugin reads them.
 */
public final class MissingIndexes {
  private MissingIndexes() {}

  /** Those that a manifest names and that cannot be used. */
  public static List<Lost> find(NamespaceContext context, Manifest manifest) {
    List<Lost> found = new ArrayList<>();
    Map<String, Lost> named = new LinkedHashMap<>();
    for (SegmentEntry segment : manifest.segments()) {
      for (IndexEntry index : segment.indexes()) {
        Lost lost = new Lost(segment.id(), index);
        if (context.plugins().canRead(index)) {
          named.put(context.object(index.blob().name()), lost);
        } else if (!context.plugins().isOfLaterRelease(index)) {
          found.add(lost);
        }
      }
    }
    // A branch has indexes in the folder of its source, too.
    Set<String> folders = new HashSet<>();
    named.keySet().forEach(name -> folders.add(name.substring(0, name.indexOf('/') + 1)));
    folders.forEach(folder ->
        ObjectList.each(
            context.storage(), folder + "indexes/", object -> named.remove(object.name())));
    found.addAll(named.values());
    return found;
  }
}
