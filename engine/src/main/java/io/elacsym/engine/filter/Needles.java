package io.elacsym.engine.filter;

import io.elacsym.engine.model.Deadline;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Finds many strings in a text in one pass, however many they are: the automaton of Aho and
 * Corasick, "Efficient string matching", 1975. A state stands for a prefix of a needle; its
 * fallback is the longest prefix of any needle that ends as this one does. Immutable once built.
 *
 * <p>Our own, because the libraries for it on Maven Central have had no release for years, and keep
 * a map of boxed characters for every state.
 */
final class Needles {
  private static final int ROOT = 0;
  private static final int NONE = -1;
  private static final int CHARS_BETWEEN_CHECKS = 1 << 14;

  /** How many different needles there are. */
  private int count;

  /** Whether the empty string is among the needles: every text has it. */
  private boolean hasEmpty;

  private int states = 1;

  /** The edges of the trie, by {@code state << 16 | character}, as an open hash table. */
  private final long[] edges;

  private final int[] targets;
  private final int[] fallback;

  /** Whether a needle ends in this state. */
  private final BitSet ends = new BitSet();

  /** The next state by way of fallbacks in which a needle ends. */
  private final int[] nextEnd;

  Needles(List<String> needles) {
    int most = 1 + needles.stream().mapToInt(String::length).reduce(0, Math::addExact);
    int slots = Integer.highestOneBit(most) * 4;
    this.edges = new long[slots];
    this.targets = new int[slots];
    this.fallback = new int[most];
    this.nextEnd = new int[most];
    Arrays.fill(edges, NONE);
    int[] parents = new int[most];
    char[] characters = new char[most];
    needles.forEach(needle -> add(needle, parents, characters));
    link(parents, characters);
  }

  private void add(String needle, int[] parents, char[] characters) {
    if (needle.isEmpty()) {
      count += hasEmpty ? 0 : 1;
      hasEmpty = true;
      return;
    }
    int state = ROOT;
    for (int i = 0; i < needle.length(); i++) {
      int slot = slot(state, needle.charAt(i));
      if (edges[slot] == NONE) {
        edges[slot] = edge(state, needle.charAt(i));
        targets[slot] = states;
        parents[states] = state;
        characters[states] = needle.charAt(i);
        states++;
      }
      state = targets[slot];
    }
    count += ends.get(state) ? 0 : 1;
    ends.set(state);
  }

  private static long edge(int state, char character) {
    return ((long) state << 16) | character;
  }

  /** Where an edge is, or would be. */
  private int slot(int state, char character) {
    long edge = edge(state, character);
    int slot = (int) ((edge * 0x9E3779B97F4A7C15L) >>> 32) & (edges.length - 1);
    while (edges[slot] != edge && edges[slot] != NONE) {
      slot = (slot + 1) & (edges.length - 1);
    }
    return slot;
  }

  /** Sets the fallbacks, those of shorter prefixes first. */
  private void link(int[] parents, char[] characters) {
    nextEnd[ROOT] = NONE;
    for (int state : byLength(parents)) {
      int parent = parents[state];
      fallback[state] = parent == ROOT ? ROOT : next(fallback[parent], characters[state]);
      nextEnd[state] = ends.get(fallback[state]) ? fallback[state] : nextEnd[fallback[state]];
    }
  }

  /** All states but the root in ascending order of their lengths. */
  private int[] byLength(int[] parents) {
    int[] lengths = new int[states];
    int longest = 0;
    for (int state = 1; state < states; state++) {
      // A state is made after its parent.
      lengths[state] = lengths[parents[state]] + 1;
      longest = Math.max(longest, lengths[state]);
    }
    int[] from = new int[longest + 2];
    for (int state = 1; state < states; state++) {
      from[lengths[state] + 1]++;
    }
    for (int length = 1; length < from.length; length++) {
      from[length] += from[length - 1];
    }
    int[] order = new int[states - 1];
    for (int state = 1; state < states; state++) {
      order[from[lengths[state]]++] = state;
    }
    return order;
  }

  private int next(int from, char character) {
    int state = from;
    while (true) {
      int slot = slot(state, character);
      if (edges[slot] != NONE) {
        return targets[slot];
      }
      if (state == ROOT) {
        return ROOT;
      }
      state = fallback[state];
    }
  }

  /** Whether at least one needle is in a text. */
  boolean anyIn(String text) {
    if (hasEmpty) {
      return true;
    }
    int state = ROOT;
    for (int i = 0; i < text.length(); i++) {
      checkAt(i);
      state = next(state, text.charAt(i));
      if (ends.get(state) || nextEnd[state] != NONE) {
        return true;
      }
    }
    return false;
  }

  /** Whether every needle is in a text; true without needles. */
  boolean allIn(String text) {
    int left = count - (hasEmpty ? 1 : 0);
    BitSet seen = new BitSet();
    int state = ROOT;
    for (int i = 0; i < text.length() && left > 0; i++) {
      checkAt(i);
      state = next(state, text.charAt(i));
      // The ends that follow an end by fallbacks are seen together with it, so they need no second
      // look.
      int end = ends.get(state) ? state : nextEnd[state];
      while (end != NONE && !seen.get(end)) {
        seen.set(end);
        left--;
        end = nextEnd[end];
      }
    }
    return left == 0;
  }

  private static void checkAt(int index) {
    if ((index & (CHARS_BETWEEN_CHECKS - 1)) == CHARS_BETWEEN_CHECKS - 1) {
      Deadline.check();
    }
  }
}
