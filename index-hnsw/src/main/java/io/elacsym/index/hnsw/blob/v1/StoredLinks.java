package io.elacsym.index.hnsw.blob.v1;

import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.index.VectorField;
import io.elacsym.index.hnsw.graph.Graph;
import io.elacsym.index.hnsw.graph.Links;
import java.util.BitSet;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The links of a blob. Few of them come with the codes. Many come later, so that the first query
 * waits for nothing but codes, by which it compares all nodes: each search after the first reads
 * some more of them, one search at a time, and those that come meanwhile do without, too. So no
 * query waits long, one that has little time gets as far as another, and no thread works for the
 * reader behind its back. Safe for use by many threads.
 */
public final class StoredLinks {
  /** With no more bytes they take no longer than the codes. */
  private static final long FEW = 2L << 20;

  /** What one search reads at most: what one request may bring. */
  private static final long WAVE = 8L << 20;

  private final VectorField field;
  private final BlobLayout layout;
  private final BlobSource source;
  private final ReentrantLock reading = new ReentrantLock();
  private final AtomicBoolean searched = new AtomicBoolean();
  // Under the lock, from when the first links are read until they are all there.
  private Optional<Begun> begun = Optional.empty();
  private volatile Optional<Graph> graph = Optional.empty();

  /**
   * @param pieces what is still to be read
   * @param graph receives it
   */
  private record Begun(Pieces pieces, Graph graph) {}

  StoredLinks(VectorField field, BlobLayout layout, BlobSource source) {
    this.field = field;
    this.layout = layout;
    this.source = source;
  }

  /** Whether they are to come in the wave of the codes. */
  boolean areFew() {
    return layout.codesAt() - layout.slotNodesAt() <= FEW;
  }

  /** The graph, as soon as all links are there; without a graph never. */
  public Optional<Graph> graph() {
    return graph;
  }

  /**
   * The graph for a search; empty when its links are not all there yet.
   *
   * @throws io.elacsym.api.ElacsymException {@code CORRUPT} when they are no graph, or as {@link
   *     BlobSource#readAll}
   */
  public Optional<Graph> forSearch() {
    if (graph.isPresent() || !layout.hasGraph() || !searched.getAndSet(true)) {
      return graph;
    }
    if (reading.tryLock()) {
      try {
        if (graph.isEmpty()) {
          readMore();
        }
      } finally {
        reading.unlock();
      }
    }
    return graph;
  }

  private void readMore() {
    if (begun.isEmpty()) {
      begun = Optional.of(begin());
    }
    if (begun.get().pieces().fetch(WAVE)) {
      finish(begun.get().graph());
      begun = Optional.empty();
    }
  }

  private Begun begin() {
    Pieces pieces = new Pieces(source);
    return new Begun(pieces, addTo(pieces));
  }

  /** All links, now. */
  public Graph read() {
    Begun all = begin();
    all.pieces().fetch();
    return finish(all.graph());
  }

  /**
   * Adds what there is to be read.
   *
   * @return the graph, as soon as it has been
   */
  Graph addTo(Pieces to) {
    int[] slotNodes = new int[layout.levelSizes()[0]];
    Links[] upper = new Links[layout.levels()];
    to.ints(layout.slotNodesAt(), slotNodes);
    for (int level = 1; level <= upper.length; level++) {
      upper[level - 1] = Links.empty(layout.levelSizes()[level - 1], layout.m());
      to.ints(layout.upperAt(level), upper[level - 1].ids());
    }
    Links base = Links.empty(layout.nodes(), 2 * layout.m());
    to.ints(layout.baseAt(), base.ids());
    return new Graph(base, upper, slotNodes);
  }

  /** Checks what was read and has it used from now on. */
  Graph finish(Graph read) {
    checkLinks(read.base(), layout.nodes(), "node");
    for (int level = 1; level <= read.top(); level++) {
      checkLinks(read.level(level), layout.levelSizes()[level - 1], "level " + level + " slot");
    }
    checkSlots(read.slotNodes());
    graph = Optional.of(read);
    return read;
  }

  private void checkSlots(int[] slotNodes) {
    BitSet seen = new BitSet(layout.nodes());
    for (int slot = 0; slot < slotNodes.length; slot++) {
      int node = slotNodes[slot];
      if (node < 0 || node >= layout.nodes() || seen.get(node)) {
        throw BlobTail.corrupt(
            field, "slot " + slot + " is node " + node + ", expected another of " + layout.nodes());
      }
      seen.set(node);
    }
  }

  private void checkLinks(Links links, int size, String what) {
    int[] ids = links.ids();
    int at = 0;
    for (int from = 0; from < size; from++) {
      boolean ended = false;
      for (int i = 0; i < links.stride(); i++) {
        int to = ids[at++];
        if (to == Links.NONE) {
          ended = true;
        } else if (ended || to < 0 || to >= size || to == from) {
          throw BlobTail.corrupt(
              field, what + " " + from + " links to " + to + ", expected another of " + size);
        }
      }
    }
  }
}
