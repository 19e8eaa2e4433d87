package io.elacsym.engine.snapshot;

import io.elacsym.api.index.RowSet;
import io.elacsym.engine.live.LiveView;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.segment.OpenSegment;
import java.util.List;
import java.util.Optional;

/**
 * A namespace at one moment. Immutable; whoever uses it has retained its segments and releases them
 * by closing it.
 *
 * @param manifest the committed part
 * @param segments stored rows and which of them are alive
 * @param live rows of the WAL tail, older buffers first
 * @param idKind what ids are; empty while there are none
 * @param sequence the last WAL entry it includes
 */
public record Snapshot(
    Manifest manifest,
    List<SegmentView> segments,
    List<LiveView> live,
    Optional<DocId.Kind> idKind,
    long sequence)
    implements AutoCloseable {

  /**
   * A segment as seen in a snapshot.
   *
   * @param alive rows neither deleted nor replaced
   */
  public record SegmentView(OpenSegment segment, RowSet alive) {}

  public Snapshot {
    segments = List.copyOf(segments);
    live = List.copyOf(live);
  }

  public Schema schema() {
    return manifest.schema();
  }

  /** Live documents. */
  public long documents() {
    return segments.stream().mapToLong(view -> view.alive().cardinality()).sum()
        + live.stream().mapToLong(view -> view.alive().cardinality()).sum();
  }

  /** Keeps every segment open; false when one is closed already. */
  boolean retain() {
    for (int i = 0; i < segments.size(); i++) {
      if (!segments.get(i).segment().retain()) {
        segments.subList(0, i).forEach(view -> view.segment().release());
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    segments.forEach(view -> view.segment().release());
  }
}
