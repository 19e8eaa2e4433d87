package io.elacsym.engine.leaf;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.elacsym.engine.aggregate.Measure;
import io.elacsym.engine.aggregate.Tally;
import io.elacsym.engine.aggregate.TallyKey;
import io.elacsym.engine.model.DateInterval;
import io.elacsym.engine.model.DateInterval.Unit;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.wal.ValueCbor;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What is to be computed of rows together. */
final class TallyCbor {
  private TallyCbor() {}

  static void write(JsonGenerator cbor, List<Tally> tallies) throws IOException {
    Items.writeList(
        cbor,
        tallies,
        tally -> {
          cbor.writeStartArray();
          cbor.writeNumber(tally.first().orElse(0));
          Items.writeList(cbor, tally.keys(), key -> write(cbor, key));
          Items.writeList(cbor, tally.measures(), measure -> write(cbor, measure));
          cbor.writeEndArray();
        });
  }

  static List<Tally> read(JsonParser cbor) throws IOException {
    return Items.list(
        cbor,
        () -> {
          ValueCbor.require(cbor, JsonToken.START_ARRAY);
          int first = Items.number(cbor, 0, Integer.MAX_VALUE / 2);
          List<TallyKey> keys = Items.list(cbor, () -> key(cbor));
          List<Measure> measures = Items.list(cbor, () -> measure(cbor));
          ValueCbor.expect(cbor, JsonToken.END_ARRAY);
          return new Tally(
              keys, measures, first == 0 ? OptionalInt.empty() : OptionalInt.of(first));
        });
  }

  private static void write(JsonGenerator cbor, TallyKey key) throws IOException {
    cbor.writeStartArray();
    switch (key) {
      case TallyKey.Values(String field, boolean missing) -> {
        cbor.writeString("values");
        cbor.writeString(field);
        cbor.writeBoolean(missing);
      }
      case TallyKey.Ranges(String field, List<TallyKey.Range> ranges) -> {
        cbor.writeString("ranges");
        cbor.writeString(field);
        Items.writeList(
            cbor, ranges, range -> OrderCbor.writeValues(cbor, List.of(range.from(), range.to())));
      }
      case TallyKey.Dates(String field, DateInterval interval) -> {
        cbor.writeString("dates");
        cbor.writeString(field);
        switch (interval) {
          case DateInterval.Fixed(Duration length) -> {
            cbor.writeString("fixed");
            cbor.writeNumber(length.toMillis());
          }
          case DateInterval.Calendar(Unit unit, ZoneId zone) -> {
            cbor.writeString(unit.name());
            cbor.writeString(zone.getId());
          }
        }
      }
    }
    cbor.writeEndArray();
  }

  /** Reads the key whose first token is the current one. */
  private static TallyKey key(JsonParser cbor) throws IOException {
    ValueCbor.require(cbor, JsonToken.START_ARRAY);
    String kind = Items.text(cbor);
    String field = Items.text(cbor);
    TallyKey key =
        switch (kind) {
          case "values" -> new TallyKey.Values(field, Items.flag(cbor));
          case "ranges" -> new TallyKey.Ranges(field, Items.list(cbor, () -> range(cbor)));
          case "dates" -> new TallyKey.Dates(field, interval(cbor));
          default -> throw new IOException("it has a key of the unknown kind " + kind);
        };
    ValueCbor.expect(cbor, JsonToken.END_ARRAY);
    return key;
  }

  private static TallyKey.Range range(JsonParser cbor) throws IOException {
    ValueCbor.require(cbor, JsonToken.START_ARRAY);
    TallyKey.Range range = new TallyKey.Range(bound(cbor), bound(cbor));
    ValueCbor.expect(cbor, JsonToken.END_ARRAY);
    return range;
  }

  private static Optional<Value.Scalar> bound(JsonParser cbor) throws IOException {
    return cbor.nextToken() == JsonToken.VALUE_NULL
        ? Optional.empty()
        : Optional.of(ValueCbor.readScalar(cbor));
  }

  private static DateInterval interval(JsonParser cbor) throws IOException {
    String kind = Items.text(cbor);
    if (kind.equals("fixed")) {
      long millis = Items.number(cbor);
      if (millis < 1 || millis > DateInterval.Fixed.MOST.toMillis()) {
        throw new IOException("it has an interval of " + millis + " milliseconds");
      }
      return new DateInterval.Fixed(Duration.ofMillis(millis));
    }
    String zone = Items.text(cbor);
    try {
      return new DateInterval.Calendar(Unit.valueOf(kind), ZoneId.of(zone));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IOException("it has the unknown interval " + kind + " in " + zone, e);
    }
  }

  private static void write(JsonGenerator cbor, Measure measure) throws IOException {
    cbor.writeStartArray();
    switch (measure) {
      case Measure.Rows _ -> cbor.writeString("rows");
      case Measure.Total(String field) -> {
        cbor.writeString("total");
        cbor.writeString(field);
      }
      case Measure.Extreme(String field, boolean greatest) -> {
        cbor.writeString(greatest ? "greatest" : "least");
        cbor.writeString(field);
      }
    }
    cbor.writeEndArray();
  }

  /** Reads the measure whose first token is the current one. */
  private static Measure measure(JsonParser cbor) throws IOException {
    ValueCbor.require(cbor, JsonToken.START_ARRAY);
    String kind = Items.text(cbor);
    Measure measure =
        switch (kind) {
          case "rows" -> new Measure.Rows();
          case "total" -> new Measure.Total(Items.text(cbor));
          case "greatest" -> new Measure.Extreme(Items.text(cbor), true);
          case "least" -> new Measure.Extreme(Items.text(cbor), false);
          default -> throw new IOException("it has a measure of the unknown kind " + kind);
        };
    ValueCbor.expect(cbor, JsonToken.END_ARRAY);
    return measure;
  }
}
