package io.elacsym.engine.aggregate;

import io.elacsym.engine.model.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  /** What a tally is of the rows of several parts together. */
  public static Tallied merged(Tally tally, List<Tallied> parts) {
    Map<List<Optional<Value.Scalar>>, Group> all = new HashMap<>();
    boolean more = false;
    for (Tallied part : parts) {
      part.groups().forEach(group -> all.merge(group.key(), group, Group::and));
      more |= part.more();
    }
    List<Group> groups =
        all.values().stream()
            .sorted(Comparator.comparing(Group::key, tally.order()::compare))
            .toList();
    int wanted = Math.min(groups.size(), tally.first().orElse(Integer.MAX_VALUE));
    return new Tallied(groups.subList(0, wanted), more || wanted < groups.size());
  }
}
