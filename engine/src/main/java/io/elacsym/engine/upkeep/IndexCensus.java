package io.elacsym.engine.upkeep;

import io.elacsym.engine.filter.AttributeIndexCodec;
import io.elacsym.engine.manifest.Recipe;
import io.elacsym.engine.manifest.SegmentEntry;
import io.elacsym.engine.manifest.SegmentEntry.IndexEntry;
import io.elacsym.engine.model.IndexCount;
import io.elacsym.engine.plugin.Plugins;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts the indexes of a namespace that are alike: small, however many segments there are. */
public final class IndexCensus {
  private IndexCensus() {}

  /** Counts by kind, and within a kind the most frequent first. */
  public static List<IndexCount> of(List<SegmentEntry> segments, Plugins plugins) {
    Recipe vectors = plugins.recipe(plugins.newVectorIndex());
    Recipe texts = plugins.recipe(plugins.newTextIndex());
    Map<IndexCount, IndexCount> counts = new HashMap<>();
    for (SegmentEntry segment : segments) {
      for (IndexEntry index : segment.indexes()) {
        boolean configured =
            switch (index.kind()) {
              case VECTOR -> index.recipe().equals(Optional.of(vectors));
              case TEXT -> index.recipe().equals(Optional.of(texts));
              case ATTRIBUTE -> index.encoding().equals(AttributeIndexCodec.ENCODING);
            };
        IndexCount alike =
            new IndexCount(
                index.kind().id(),
                index.encoding().toString(),
                index.recipe().map(Recipe::text),
                configured,
                0,
                0,
                0);
        counts.merge(
            alike,
            plus(alike, 1, segment.rows(), index.blob().bytes()),
            (sum, one) -> plus(sum, one.indexes(), one.rows(), one.bytes()));
      }
    }
    return counts.values().stream()
        .sorted(
            Comparator.comparingInt((IndexCount count) -> kindOrder(count.kind()))
                .thenComparing(Comparator.comparingInt(IndexCount::indexes).reversed())
                .thenComparing(IndexCount::encoding)
                .thenComparing(count -> count.recipe().orElse("")))
        .toList();
  }

  private static int kindOrder(String kind) {
    return List.of("vector", "text", "attribute").indexOf(kind);
  }

  private static IndexCount plus(IndexCount count, int indexes, long rows, long bytes) {
    return new IndexCount(
        count.kind(),
        count.encoding(),
        count.recipe(),
        count.configured(),
        count.indexes() + indexes,
        count.rows() + rows,
        count.bytes() + bytes);
  }
}
