package io.elacsym.engine.aggregate;

import io.elacsym.engine.model.Aggregated;
import io.elacsym.engine.model.Aggregated.Counts;
import io.elacsym.engine.model.Aggregated.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * All that a request wants to know of its documents together, when it fits the schema.
 *
 * @param aggregates by label
 * @param facets by label
 */
public record AskedAggregation(
    SequencedMap<String, AskedAggregate> aggregates,
    SequencedMap<String, AskedFacet> facets,
    Optional<AskedGroups> groups) {

  /**
   * What is computed of the rows of each part: of each aggregate alone, so that each can be had in
   * the cheapest way, of each facet, and of the groups.
   */
  public List<Tally> tallies() {
    return Stream.of(
            aggregates.sequencedValues().stream().map(AskedAggregation::alone),
            facets.sequencedValues().stream().map(AskedFacet::tally),
            groups.stream().map(AskedGroups::tally))
        .flatMap(tally -> tally)
        .toList();
  }

  private static Tally alone(AskedAggregate aggregate) {
    return new Tally(List.of(), List.of(aggregate.measure()), OptionalInt.empty());
  }

  /**
   * The answer.
   *
   * @param parts of each part what the {@link #tallies} are there
   */
  public Aggregated answer(List<List<Tallied>> parts) {
    List<Tally> tallies = tallies();
    List<Tallied> merged = new ArrayList<>(tallies.size());
    for (int i = 0; i < tallies.size(); i++) {
      int number = i;
      merged.add(
          Tallied.merged(tallies.get(i), parts.stream().map(part -> part.get(number)).toList()));
    }
    SequencedMap<String, Outcome> outcomes = new LinkedHashMap<>();
    aggregates.forEach((label, aggregate) ->
        outcomes.put(label, aggregate.outcome(only(aggregate, merged.get(outcomes.size())))));
    SequencedMap<String, Counts> counts = new LinkedHashMap<>();
    facets.forEach((label, facet) ->
        counts.put(label, facet.counts(merged.get(outcomes.size() + counts.size()))));
    return new Aggregated(outcomes, counts, groups.map(asked -> asked.groups(merged.getLast())));
  }

  /** There is no group where there are no rows. */
  private static Partial only(AskedAggregate aggregate, Tallied tallied) {
    return tallied.groups().stream()
        .findFirst()
        .map(group -> group.measures().getFirst())
        .orElseGet(() -> aggregate.measure().ofNothing());
  }
}
