package io.elacsym.server.helidon;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.Option;
import io.elacsym.api.OptionType;
import io.elacsym.api.Options;
import io.elacsym.engine.model.Strings;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How long a request may work.
 *
 * @param usual for a request that says nothing
 * @param most that a request may wish for, and what maintenance gets
 */
record RequestTime(Duration usual, Duration most) {
  /** The query parameter that every route knows. */
  static final String PARAMETER = "timeout";

  private static final String WHERE = "query parameter ";

  /**
   * The time of one request.
   *
   * @throws ElacsymException when it wishes for what it cannot have
   */
  Duration of(Route route, Map<String, String> query) {
    String given = query.get(PARAMETER);
    if (given == null) {
      return route.pace() == Route.Pace.MAINTENANCE ? most : usual;
    }
    // Cut, because the client may send any text; a text that is cut is too long to be a duration.
    String wish = Strings.shown(given);
    Option option = Option.of(PARAMETER, OptionType.DURATION, "1m", "Time of the request.");
    Duration time = Options.of(WHERE, List.of(option), Map.of(PARAMETER, wish)).duration(PARAMETER);
    if (time.isZero() || time.compareTo(most) > 0) {
      throw ElacsymException.invalid(
          WHERE
              + PARAMETER
              + " is '"
              + wish
              + "', expected more than 0 and at most "
              + most.toMillis()
              + "ms (server.max_request_timeout)");
    }
    return time;
  }
}
