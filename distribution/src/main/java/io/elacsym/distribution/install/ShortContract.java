package io.elacsym.distribution.install;

import io.elacsym.api.Provider;
import io.elacsym.api.index.TextIndexProvider;
import io.elacsym.api.index.VectorIndexProvider;
import io.elacsym.api.segment.SegmentFormatProvider;
import io.elacsym.tck.Check;
import io.elacsym.tck.ProviderContract;
import io.elacsym.tck.index.TextIndexContract;
import io.elacsym.tck.index.VectorIndexContract;
import io.elacsym.tck.segment.SegmentFormatContract;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The contract of a plugin's kind, as far as it can be checked in some time: enough to see that the
 * plugin works here, on this Java and with these libraries. Its author has run all of it.
 *
 * <p>Of a storage it has what the provider says of itself; `elacsym storage probe` has the rest.
 */
public final class ShortContract {
  private final List<Check> checks;

  private ShortContract(List<Check> checks) {
    this.checks = checks;
  }

  /**
   * What was found out.
   *
   * @param run how many promises were looked at
   * @param all how many there are
   * @param broken what was seen of those that are broken
   */
  public record Outcome(int run, int all, List<String> broken) {
    public Outcome {
      broken = List.copyOf(broken);
    }

    /** In a few words. */
    @Override
    public String toString() {
      String held = run - broken.size() + " of " + all + " promises hold";
      return broken.isEmpty() ? held : held + ", " + broken.size() + " BROKEN";
    }
  }

  /** The contract of a plugin. */
  public static ShortContract of(Provider provider, Map<String, String> options) {
    boolean isComplete =
        provider.options().stream()
            .allMatch(option -> !option.required() || options.containsKey(option.key()));
    List<Check> ofKind =
        !isComplete
            ? List.of()
            : switch (provider) {
              case SegmentFormatProvider format -> SegmentFormatContract.checks(format, options);
              case VectorIndexProvider index -> VectorIndexContract.checks(index, options);
              case TextIndexProvider index -> TextIndexContract.checks(index, options);
              default -> List.of();
            };
    return new ShortContract(
        Stream.concat(ProviderContract.checks(provider).stream(), ofKind.stream()).toList());
  }

  /**
   * Runs checks one after the other.
   *
   * @param time after which no other is begun; empty to run all
   */
  public Outcome run(Optional<Duration> time) {
    Optional<Instant> end = time.map(Instant.now()::plus);
    List<String> broken = new ArrayList<>();
    int run = 0;
    for (Check check : checks) {
      if (end.filter(instant -> Instant.now().isAfter(instant)).isPresent()) {
        break;
      }
      run++;
      try {
        check.run();
      } catch (AssertionError e) {
        broken.add(String.valueOf(e.getMessage()));
      }
    }
    return new Outcome(run, checks.size(), broken);
  }
}
