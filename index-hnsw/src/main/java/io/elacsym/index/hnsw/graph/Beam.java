package io.elacsym.index.hnsw.graph;

import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.ScoreKey;
import io.elacsym.index.codes.Candidates;

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
  private final int[] starts;
  private final Runnable checkCancelled;
  private int scored;
  private int steps;
  private long closest;

  /** A beam whose searches cannot be cancelled, as a build uses it. */
  public Beam(int nodes, int stride) {
    this(nodes, stride, new int[0], () -> {});
  }

  /**
   * @param nodes how many nodes the graph has
   * @param stride the most links of a node
   * @param starts nodes at which walks of {@link #widen} and the like begin, too
   * @param checkCancelled throws when a search should end
   */
  public Beam(int nodes, int stride, int[] starts, Runnable checkCancelled) {
    this.starts = starts;
    this.checkCancelled = checkCancelled;
    visited = new Visited(nodes);
    ids = new int[Math.max(1 + starts.length, stride)];
    scores = new float[ids.length];
  }

  /** How many vectors have been compared since {@link #start}. */
  public int scored() {
    return scored;
  }

  /** What the last {@link #widen} found. */
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
  public int descend(Graph graph, int level, int slot, Scorer scorer) {
    int[] slotNodes = graph.slotNodes();
    Links links = graph.level(level);
    int[] all = links.ids();
    int best = slot;
    float bestScore = scoreOf(scorer, slotNodes[slot]);
    boolean nearer = true;
    while (nearer) {
      nearer = false;
      int first = best * links.stride();
      int size = 0;
      while (size < links.stride() && all[first + size] != Links.NONE) {
        ids[size] = slotNodes[all[first + size]];
        size++;
      }
      score(scorer, size);
      for (int i = 0; i < size; i++) {
        if (scores[i] > bestScore) {
          bestScore = scores[i];
          best = all[first + i];
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
  public void widen(Scorer scorer, Links links, int entry, int width) {
    int first = begin(scorer, entry, width);
    for (int i = 0; i < first; i++) {
      nearest.offer(added(i));
    }
    while (!frontier.isEmpty()) {
      long candidate = next();
      if (candidate > nearest.bound()) {
        break;
      }
      int size = unseen(links, ScoreKey.row(candidate));
      score(scorer, size);
      for (int i = 0; i < size; i++) {
        long key = ScoreKey.of(scores[i], ids[i]);
        if (nearest.offer(key)) {
          add(key);
        }
      }
    }
  }

  /**
   * As {@link #widen}, where scores are estimates: whatever may be among the best {@code k} for all
   * that is known is found in any case, however many these are. Where all are about as near as one
   * another, their order by estimates says little, and the beam becomes wide by itself.
   *
   * @param found receives what is found
   * @param k how many are wanted, at most {@code width}
   * @param doubt how many standard deviations a score may be off
   * @param budget how many nodes may be scored before it gives up
   * @return false when it gave up
   */
  public boolean widenDoubting(
      Scorer scorer,
      Links links,
      int entry,
      Candidates found,
      int k,
      int width,
      float doubt,
      int budget) {
    found.reset(k);
    int first = begin(scorer, entry, width);
    for (int i = 0; i < first; i++) {
      offer(scorer, added(i), doubt, found);
    }
    int most = scored + budget;
    while (!frontier.isEmpty()) {
      long candidate = next();
      if (candidate > nearest.bound() && !mayBeFound(scorer, candidate, doubt, found)) {
        return true;
      }
      if (scored > most) {
        return false;
      }
      int size = unseen(links, ScoreKey.row(candidate));
      score(scorer, size);
      for (int i = 0; i < size; i++) {
        long key = ScoreKey.of(scores[i], ids[i]);
        if (key < nearest.bound() || mayBeFound(scorer, key, doubt, found)) {
          add(key);
          offer(scorer, key, doubt, found);
        }
      }
    }
    return true;
  }

  /**
   * As {@link #widenDoubting} on the base level, but only accepted nodes are found; the others are
   * walked through, so the ball that is searched grows until it holds enough accepted nodes.
   *
   * <p>Enough are {@code width} of them. Fewer will do when the ball is as large as it would have
   * to be without a filter: where one node in ten is accepted, the 10 nearest accepted ones are
   * about the 100 nearest of all, and these a beam for 100 finds. The share is that of the ball
   * itself, so a filter that favours the query's surroundings is judged where it matters; where it
   * is smaller than in the whole index, the filter avoids the query and the search becomes more
   * careful.
   *
   * @param found receives what is found
   * @param k how many are wanted, at most {@code width}
   * @param share of all nodes that are accepted
   * @param doubt how many standard deviations a score may be off
   * @param budget how many vectors may be compared before it gives up
   * @return false when it gave up
   */
  public boolean widenAccepting(
      Scorer scorer,
      Links links,
      int entry,
      Candidates found,
      int k,
      int width,
      BeamWidth enough,
      double share,
      RowSet accept,
      NodeRows rows,
      float doubt,
      int budget) {
    found.reset(k);
    int first = begin(scorer, entry, width);
    for (int i = 0; i < first; i++) {
      long key = added(i);
      if (rows.anyOf(ids[i], accept)) {
        offer(scorer, key, doubt, found);
      }
    }
    int most = scored + budget;
    int walked = 0;
    int accepted = 0;
    while (!frontier.isEmpty()) {
      long candidate = next();
      boolean isDoubtful = mayBeFound(scorer, candidate, doubt, found);
      if (candidate > nearest.bound() && !isDoubtful) {
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
        if (!isDoubtful && accepted >= k && walked >= BALL * care * enough.of(k * oneIn)) {
          return true;
        }
      }
      int size = unseen(links, ScoreKey.row(candidate));
      score(scorer, size);
      for (int i = 0; i < size; i++) {
        long key = ScoreKey.of(scores[i], ids[i]);
        if (key < nearest.bound() || mayBeFound(scorer, key, doubt, found)) {
          add(key);
          if (rows.anyOf(ids[i], accept)) {
            offer(scorer, key, doubt, found);
          }
        }
      }
    }
    return true;
  }

  /**
   * Begins a walk.
   *
   * @return how many nodes it begins at, the first of {@link #ids}
   */
  private int begin(Scorer scorer, int entry, int width) {
    visited.clear();
    frontier.clear();
    nearest.reset(width);
    closest = Long.MAX_VALUE;
    visited.mark(entry);
    ids[0] = entry;
    int size = 1;
    for (int start : starts) {
      if (visited.mark(start)) {
        ids[size++] = start;
      }
    }
    score(scorer, size);
    return size;
  }

  /** The best node that is still to be walked from. */
  private long next() {
    if (++steps % STEPS_BETWEEN_CHECKS == 0) {
      checkCancelled.run();
    }
    return frontier.poll();
  }

  /** Has one of the scored {@link #ids} walked from. */
  private long added(int i) {
    long key = ScoreKey.of(scores[i], ids[i]);
    add(key);
    return key;
  }

  private void add(long key) {
    frontier.add(key);
    closest = Math.min(closest, key);
  }

  private void offer(Scorer scorer, long key, float doubt, Candidates found) {
    int node = ScoreKey.row(key);
    nearest.offer(key);
    found.offer(node, ScoreKey.score(key), doubt * scorer.deviation(node));
  }

  /** Whether a node may be as good as the best, however wrong scores are. */
  private static boolean mayBeFound(Scorer scorer, long key, float doubt, Candidates found) {
    float spread = doubt * scorer.deviation(ScoreKey.row(key));
    return ScoreKey.score(key) + spread >= found.threshold();
  }

  private float scoreOf(Scorer scorer, int node) {
    ids[0] = node;
    score(scorer, 1);
    return scores[0];
  }

  /** Scores the first {@code size} of {@link #ids}. */
  private void score(Scorer scorer, int size) {
    scorer.scores(ids, size, scores);
    scored += size;
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
