package io.elacsym.index.hnsw.graph;

import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.ScoreKey;

/**
 * Best-first search of a graph (SEARCH-LAYER, algorithm 2 of Malkov and Yashunin) and the memory it
 * works in. For one thread at a time; nothing is allocated once the buffers have grown.
 */
public final class Beam {
  /** By how much the beam is wider with which a walk is repeated that found nothing near. */
  public static final int SECOND_LOOK = 4;

  /**
   * How many nodes a filtered search walks for each one of the beam that would do without a filter:
   * a beam walks some nodes that later fall out of it.
   */
  private static final double BALL = 1.5;

  /**
   * The most by which a filter that avoids the query's surroundings makes a search more careful.
   */
  private static final double MOST_CARE = 4;

  private static final int STEPS_BETWEEN_CHECKS = 32;

  private final Visited visited;
  private final LongHeap frontier = new LongHeap();
  private final Nearest nearest = new Nearest();
  private final int[] ids;
  private final float[] scores;
  private final Runnable checkCancelled;
  private int scored;
  private int steps;
  private long closest;

  /** A beam whose searches cannot be cancelled, as a build uses it. */
  public Beam(int nodes, int stride) {
    this(nodes, stride, () -> {});
  }

  /**
   * @param nodes how many nodes the graph has
   * @param stride the most links of a node
   * @param checkCancelled throws when a search should end
   */
  public Beam(int nodes, int stride, Runnable checkCancelled) {
    this.checkCancelled = checkCancelled;
    visited = new Visited(nodes);
    ids = new int[stride];
    scores = new float[stride];
  }

  /** How many vectors have been compared since {@link #start}. */
  public int scored() {
    return scored;
  }

  /** What the last {@link #widen} or {@link #widenAccepting} found. */
  public Nearest nearest() {
    return nearest;
  }

  /** The best node that the last walk met, found or not. */
  public int closest() {
    return ScoreKey.row(closest);
  }

  /** What {@link #closest} scored. */
  public float closestScore() {
    return ScoreKey.score(closest);
  }

  /** Begins a new query. */
  public void start() {
    scored = 0;
  }

  /**
   * Walks from {@code slot} on {@code level} to ever nearer slots until none is nearer.
   *
   * @return the slot reached
   */
  public int descend(Graph graph, int level, int slot, float[] query, int from) {
    VectorStore vectors = graph.vectors();
    int[] slotNodes = graph.slotNodes();
    Links links = graph.level(level);
    int[] all = links.ids();
    int best = slot;
    float bestScore = vectors.score(query, from, slotNodes[slot]);
    scored++;
    boolean nearer = true;
    while (nearer) {
      nearer = false;
      int at = best * links.stride();
      int end = at + links.stride();
      while (at < end && all[at] != Links.NONE) {
        int neighbour = all[at++];
        float score = vectors.score(query, from, slotNodes[neighbour]);
        scored++;
        if (score > bestScore) {
          bestScore = score;
          best = neighbour;
          nearer = true;
        }
      }
    }
    return best;
  }

  /**
   * Finds the {@code width} nearest ids of one level, as far as a beam of that width sees them. Ids
   * are nodes: on upper levels this only fits a graph in which slots are nodes, as in a build.
   */
  public void widen(
      VectorStore vectors, Links links, int entry, float[] query, int from, int width) {
    visited.clear();
    frontier.clear();
    nearest.reset(width);
    visited.mark(entry);
    long first = ScoreKey.of(vectors.score(query, from, entry), entry);
    scored++;
    nearest.offer(first);
    frontier.add(first);
    closest = first;
    while (!frontier.isEmpty()) {
      if (++steps % STEPS_BETWEEN_CHECKS == 0) {
        checkCancelled.run();
      }
      long candidate = frontier.poll();
      if (candidate > nearest.bound()) {
        break;
      }
      int size = unseen(links, ScoreKey.row(candidate));
      vectors.scores(query, from, ids, size, scores);
      scored += size;
      for (int i = 0; i < size; i++) {
        long key = ScoreKey.of(scores[i], ids[i]);
        if (nearest.offer(key)) {
          frontier.add(key);
          closest = Math.min(closest, key);
        }
      }
    }
  }

  /**
   * As {@link #widen} on the base level, but only accepted nodes are found; the others are walked
   * through, so the ball that is searched grows until it holds enough accepted nodes.
   *
   * <p>Enough are {@code width} of them. Fewer will do when the ball is as large as it would have
   * to be without a filter: where one node in ten is accepted, the 10 nearest accepted ones are
   * about the 100 nearest of all, and these a beam for 100 finds. The share is that of the ball
   * itself, so a filter that favours the query's surroundings is judged where it matters; where it
   * is smaller than in the whole index, the filter avoids the query and the search becomes more
   * careful.
   *
   * @param k how many are wanted, at most {@code width}
   * @param share of all nodes that are accepted
   * @param budget how many vectors may be compared before it gives up
   * @return false when it gave up
   */
  public boolean widenAccepting(
      VectorStore vectors,
      Links links,
      int entry,
      float[] query,
      int k,
      int width,
      BeamWidth enough,
      double share,
      RowSet accept,
      NodeRows rows,
      int budget) {
    visited.clear();
    frontier.clear();
    nearest.reset(width);
    visited.mark(entry);
    long first = ScoreKey.of(vectors.score(query, 0, entry), entry);
    scored++;
    frontier.add(first);
    closest = first;
    if (rows.anyOf(entry, accept)) {
      nearest.offer(first);
    }
    int most = scored + budget;
    int walked = 0;
    int accepted = 0;
    while (!frontier.isEmpty()) {
      if (++steps % STEPS_BETWEEN_CHECKS == 0) {
        checkCancelled.run();
      }
      long candidate = frontier.poll();
      if (candidate > nearest.bound()) {
        return true;
      }
      if (scored > most) {
        return false;
      }
      walked++;
      if (rows.anyOf(ScoreKey.row(candidate), accept)) {
        accepted++;
        double oneIn = (double) walked / accepted;
        double care = Math.clamp(share * oneIn, 1, MOST_CARE);
        if (accepted >= k && walked >= BALL * care * enough.of(k * oneIn)) {
          return true;
        }
      }
      int size = unseen(links, ScoreKey.row(candidate));
      vectors.scores(query, 0, ids, size, scores);
      scored += size;
      for (int i = 0; i < size; i++) {
        long key = ScoreKey.of(scores[i], ids[i]);
        if (key < nearest.bound()) {
          frontier.add(key);
          closest = Math.min(closest, key);
          if (rows.anyOf(ids[i], accept)) {
            nearest.offer(key);
          }
        }
      }
    }
    return true;
  }

  /** Puts the neighbours of {@code node} that were not seen yet into {@link #ids}. */
  private int unseen(Links links, int node) {
    int[] all = links.ids();
    int at = node * links.stride();
    int end = at + links.stride();
    int size = 0;
    while (at < end) {
      int neighbour = all[at++];
      if (neighbour == Links.NONE) {
        break;
      }
      if (visited.mark(neighbour)) {
        ids[size++] = neighbour;
      }
    }
    return size;
  }
}
