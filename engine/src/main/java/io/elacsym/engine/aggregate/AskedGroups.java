package io.elacsym.engine.aggregate;

import io.elacsym.engine.model.Aggregated.Group;
import io.elacsym.engine.model.Aggregated.Groups;
import io.elacsym.engine.model.Aggregated.Outcome;
import io.elacsym.engine.model.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;

/**
 * Groups whose keys and aggregates fit their attributes.
 *
 * @param keys the fields by their labels
 * @param aggregates by label
 * @param limit at most so many groups
 */
public record AskedGroups(
    SequencedMap<String, String> keys, SequencedMap<String, AskedAggregate> aggregates, int limit) {

  /** What is computed of the rows for them. */
  Tally tally() {
    return new Tally(
        keys.sequencedValues().stream()
            .<TallyKey>map(field -> new TallyKey.Values(field, true))
            .toList(),
        aggregates.sequencedValues().stream().map(AskedAggregate::measure).toList(),
        OptionalInt.of(limit));
  }

  /** What they are, when that was computed of all rows. */
  Groups groups(Tallied tallied) {
    return new Groups(tallied.groups().stream().map(this::group).toList(), tallied.more());
  }

  private Group group(Tallied.Group group) {
    SequencedMap<String, Optional<Value.Scalar>> key = new LinkedHashMap<>();
    for (String label : keys.sequencedKeySet()) {
      key.put(label, group.key().get(key.size()));
    }
    SequencedMap<String, Outcome> outcomes = new LinkedHashMap<>();
    List<Partial> measures = group.measures();
    aggregates.forEach((label, aggregate) ->
        outcomes.put(label, aggregate.outcome(measures.get(outcomes.size()))));
    return new Group(key, outcomes);
  }
}
