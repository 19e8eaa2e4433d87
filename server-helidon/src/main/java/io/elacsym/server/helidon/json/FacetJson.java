package io.elacsym.server.helidon.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.DateInterval;
import io.elacsym.engine.model.DateInterval.Unit;
import io.elacsym.engine.model.Facet;
import io.elacsym.engine.model.Place;
import io.elacsym.engine.model.Strings;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads facets: of values, of ranges if there are any, of time if there is an interval. */
final class FacetJson {
  private static final List<String> KEYS =
      List.of("field", "limit", "ranges", "interval", "time_zone");
  private static final List<String> RANGE_KEYS = List.of("from", "to");

  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));

  /** So few digits that the number of milliseconds is one of 64 bits. */
  private static final Pattern FIXED = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

  private final Fields fields;
  private final Place place;
  private final String field;

  private FacetJson(Fields fields) {
    this.fields = fields;
    fields.require("field", "the name of an attribute");
    this.place = fields.place("field");
    this.field = fields.text("field").orElseThrow();
  }

  static Facet read(JsonNode node, Place place) {
    return new FacetJson(Fields.of(node, place, KEYS)).facet();
  }

  private Facet facet() {
    boolean ranges = fields.has("ranges");
    boolean dates = fields.has("interval");
    refuse("interval", ranges, "ranges, which are another kind of facet");
    refuse("limit", ranges, "ranges, all of which come back");
    if (fields.has("time_zone") && !dates) {
      throw ElacsymException.invalid(
          fields.place("time_zone") + " is given, but the facet has no interval");
    }
    if (ranges) {
      return new Facet.Ranges(place, field, ranges());
    }
    if (dates) {
      return new Facet.Dates(place, field, interval(), limit(Facet.MAX_LIMIT));
    }
    return new Facet.Terms(place, field, limit(Facet.DEFAULT_LIMIT));
  }

  private void refuse(String key, boolean ranges, String beside) {
    if (ranges && fields.has(key)) {
      throw ElacsymException.invalid(fields.place(key) + " is given beside " + beside);
    }
  }

  private int limit(int otherwise) {
    return fields.integer("limit", 1, Facet.MAX_LIMIT).orElse(otherwise);
  }

  private List<Facet.Range> ranges() {
    List<Facet.Range> ranges = new ArrayList<>();
    for (Fields.Element element : fields.elements("ranges").orElse(List.of())) {
      Fields range = Fields.of(element.node(), element.place(), RANGE_KEYS);
      ranges.add(
          new Facet.Range(
              element.place(),
              range.find("from").map(GivenJson::of),
              range.find("to").map(GivenJson::of)));
    }
    return ranges;
  }

  private DateInterval interval() {
    String text = fields.text("interval").orElseThrow();
    Matcher fixed = FIXED.matcher(text);
    if (fixed.matches()) {
      if (fields.has("time_zone")) {
        throw ElacsymException.invalid(
            fields.place("time_zone")
                + " is given, but an interval of one length is counted from 1970-01-01T00:00Z");
      }
      Duration unit = Optional.ofNullable(UNITS.get(fixed.group(2))).orElseThrow();
      return new DateInterval.Fixed(unit.multipliedBy(Long.parseLong(fixed.group(1))));
    }
    Unit unit =
        Arrays.stream(Unit.values())
            .filter(known -> name(known).equals(text))
            .findFirst()
            .orElseThrow(() ->
                ElacsymException.invalid(
                    fields.place("interval")
                        + " is \""
                        + Strings.shown(text)
                        + "\", expected one of "
                        + Arrays.stream(Unit.values())
                            .map(FacetJson::name)
                            .collect(Collectors.joining(", "))
                        + ", or a length such as \"15m\""));
    return new DateInterval.Calendar(unit, zone());
  }

  private static String name(Unit unit) {
    return unit.name().toLowerCase(Locale.ROOT);
  }

  private ZoneId zone() {
    Optional<String> zone = fields.text("time_zone");
    if (zone.isEmpty()) {
      return ZoneOffset.UTC;
    }
    try {
      return ZoneId.of(zone.get());
    } catch (DateTimeException e) {
      throw ElacsymException.invalid(
          fields.place("time_zone")
              + " is \""
              + Strings.shown(zone.get())
              + "\", expected a time zone such as \"Europe/Berlin\" or \"+01:00\"");
    }
  }
}
