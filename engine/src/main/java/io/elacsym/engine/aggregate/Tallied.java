package io.elacsym.engine.aggregate;

import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.model.Footprint;
import io.elacsym.engine.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a {@link Tally} is of some rows.
 *
 * @param groups those with rows, in the ascending order of their keys
 * @param more whether there are others behind those that are wanted
 */
public record Tallied(List<Group> groups, boolean more) {
  public Tallied {
    groups = List.copyOf(groups);
  }

  /**
   * The rows with one key.
   *
   * @param key one value for each key of the tally; empty where the rows have none
   * @param measures one for each measure of the tally
   */
  public record Group(List<Optional<Value.Scalar>> key, List<Partial> measures) {
    public Group {
      key = List.copyOf(key);
      measures = List.copyOf(measures);
    }

    private Group and(Group other) {
      List<Partial> both = new ArrayList<>(measures.size());
      for (int i = 0; i < measures.size(); i++) {
        both.add(measures.get(i).and(other.measures.get(i)));
      }
      return new Group(key, both);
    }
  }

  /** About how much memory it takes. */
  public long bytes() {
    return groups.stream()
        .mapToLong(group ->
            keyBytes(group.key()) + group.measures().stream().mapToLong(Partial::bytes).sum())
        .sum();
  }

  /** About how much memory a group takes, its measures not counted. */
  static long keyBytes(List<Optional<Value.Scalar>> key) {
    return Footprint.DOCUMENT
        + key.stream()
            .mapToLong(value -> Footprint.element(value.map(Footprint::content).orElse(0L)))
            .sum();
  }

  /** What a tally is of the rows of several parts together. */
  public static Tallied merged(Tally tally, List<Tallied> parts) {
    Map<List<Optional<Value.Scalar>>, Group> all = new TreeMap<>(tally.order()::compare);
    boolean more = false;
    for (Tallied part : parts) {
      Deadline.check();
      part.groups().forEach(group -> all.merge(group.key(), group, Group::and));
      more |= part.more();
    }
    int wanted = Math.min(all.size(), tally.first().orElse(Integer.MAX_VALUE));
    return new Tallied(all.values().stream().limit(wanted).toList(), more || wanted < all.size());
  }
}
