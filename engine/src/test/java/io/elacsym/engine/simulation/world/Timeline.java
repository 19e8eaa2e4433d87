package io.elacsym.engine.simulation.world;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** What happened, in order: a digest of all of it, and the last part in words. */
public final class Timeline {
  private static final int KEPT = Integer.getInteger("elacsym.sim.lines", 400);
  private static final long FNV_PRIME = 0x100000001b3L;

  private final Deque<Entry> last = new ArrayDeque<>();
  private long digest = 0xcbf29ce484222325L;
  private long entries;

  private record Entry(long micros, String what) {}

  void add(long micros, String what) {
    mix(Long.hashCode(micros));
    mix(what.hashCode());
    entries++;
    if (last.size() == KEPT) {
      last.removeFirst();
    }
    last.addLast(new Entry(micros, what));
  }

  private void mix(int value) {
    digest = (digest ^ value) * FNV_PRIME;
  }

  /** The same for two runs exactly if the same happened, as far as one can tell. */
  public long digest() {
    return digest;
  }

  /** How much happened. */
  public long entries() {
    return entries;
  }

  /** The last entries. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Entry entry : last) {
      text.append(String.format(Locale.ROOT, "%12.6f  ", entry.micros / 1e6))
          .append(entry.what)
          .append('\n');
    }
    return text.toString();
  }
}
