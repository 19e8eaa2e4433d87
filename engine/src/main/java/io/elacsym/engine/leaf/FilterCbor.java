package io.elacsym.engine.leaf;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.elacsym.engine.filter.TypedFilter;
import io.elacsym.engine.filter.TypedFilter.Order;
import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.wal.ValueCbor;
import java.io.IOException;
import java.util.List;

/** Filters, each as an array of its kind and what it consists of. */
final class FilterCbor {
  /** A filter that was checked is not deeper, and typing it adds a few levels at most. */
  private static final int MAX_DEPTH = 2 * Filter.MAX_DEPTH;

  private FilterCbor() {}

  static void write(JsonGenerator cbor, TypedFilter filter) throws IOException {
    cbor.writeStartArray();
    switch (filter) {
      case TypedFilter.And(List<TypedFilter> conditions) -> group(cbor, "and", conditions);
      case TypedFilter.Or(List<TypedFilter> conditions) -> group(cbor, "or", conditions);
      case TypedFilter.Not(TypedFilter condition) -> {
        cbor.writeString("not");
        write(cbor, condition);
      }
      case TypedFilter.Equal(String field, Value.Scalar value) -> scalar(cbor, "eq", field, value);
      case TypedFilter.NotEqual(String field, Value.Scalar value) ->
          scalar(cbor, "ne", field, value);
      case TypedFilter.Compare(String field, Order order, Value.Scalar value) ->
          scalar(cbor, kind(order), field, value);
      case TypedFilter.In(String field, List<Value.Scalar> values) ->
          scalars(cbor, "in", field, values);
      case TypedFilter.NotIn(String field, List<Value.Scalar> values) ->
          scalars(cbor, "not_in", field, values);
      case TypedFilter.ContainsAny(String field, List<Value.Scalar> values) ->
          scalars(cbor, "contains_any", field, values);
      case TypedFilter.ContainsAll(String field, List<Value.Scalar> values) ->
          scalars(cbor, "contains_all", field, values);
      case TypedFilter.Substring(String field, String part) ->
          texts(cbor, "substring", field, List.of(part));
      case TypedFilter.SubstringAny(String field, List<String> parts) ->
          texts(cbor, "substring_any", field, parts);
      case TypedFilter.SubstringAll(String field, List<String> parts) ->
          texts(cbor, "substring_all", field, parts);
      case TypedFilter.Prefix(String field, String prefix) ->
          texts(cbor, "prefix", field, List.of(prefix));
      case TypedFilter.Glob(String field, String pattern) ->
          texts(cbor, "glob", field, List.of(pattern));
      case TypedFilter.Regex(String field, String pattern) ->
          texts(cbor, "regex", field, List.of(pattern));
      case TypedFilter.GeoRadius(String field, Value.Geo center, double meters) -> {
        scalar(cbor, "geo_radius", field, center);
        Items.write(cbor, meters);
      }
      case TypedFilter.GeoBox(String field, TypedFilter.Box box) -> {
        scalar(cbor, "geo_box", field, new Value.Geo(box.south(), box.west()));
        ValueCbor.writeScalar(cbor, new Value.Geo(box.north(), box.east()));
      }
      case TypedFilter.Exists(String field, boolean expected) -> {
        head(cbor, "exists", field);
        cbor.writeBoolean(expected);
      }
    }
    cbor.writeEndArray();
  }

  private static String kind(Order order) {
    return switch (order) {
      case GREATER -> "gt";
      case GREATER_OR_EQUAL -> "gte";
      case LESS -> "lt";
      case LESS_OR_EQUAL -> "lte";
    };
  }

  private static void head(JsonGenerator cbor, String kind, String field) throws IOException {
    cbor.writeString(kind);
    cbor.writeString(field);
  }

  private static void group(JsonGenerator cbor, String kind, List<TypedFilter> conditions)
      throws IOException {
    cbor.writeString(kind);
    Items.writeList(cbor, conditions, condition -> write(cbor, condition));
  }

  private static void scalar(JsonGenerator cbor, String kind, String field, Value.Scalar value)
      throws IOException {
    head(cbor, kind, field);
    ValueCbor.writeScalar(cbor, value);
  }

  private static void scalars(
      JsonGenerator cbor, String kind, String field, List<Value.Scalar> values) throws IOException {
    head(cbor, kind, field);
    Items.writeList(cbor, values, value -> ValueCbor.writeScalar(cbor, value));
  }

  private static void texts(JsonGenerator cbor, String kind, String field, List<String> parts)
      throws IOException {
    head(cbor, kind, field);
    Items.write(cbor, parts);
  }

  /** Reads the filter that is the next item. */
  static TypedFilter read(JsonParser cbor) throws IOException {
    cbor.nextToken();
    return read(cbor, MAX_DEPTH);
  }

  /** Reads the filter whose first token is the current one. */
  private static TypedFilter read(JsonParser cbor, int depth) throws IOException {
    if (depth == 0) {
      throw new IOException("its filter is nested deeper than " + MAX_DEPTH);
    }
    ValueCbor.require(cbor, JsonToken.START_ARRAY);
    String kind = Items.text(cbor);
    TypedFilter filter =
        switch (kind) {
          case "and" -> new TypedFilter.And(conditions(cbor, depth));
          case "or" -> new TypedFilter.Or(conditions(cbor, depth));
          case "not" -> {
            cbor.nextToken();
            yield new TypedFilter.Not(read(cbor, depth - 1));
          }
          default -> leaf(cbor, kind, Items.text(cbor));
        };
    ValueCbor.expect(cbor, JsonToken.END_ARRAY);
    return filter;
  }

  private static List<TypedFilter> conditions(JsonParser cbor, int depth) throws IOException {
    return Items.list(cbor, () -> read(cbor, depth - 1));
  }

  private static TypedFilter leaf(JsonParser cbor, String kind, String field) throws IOException {
    return switch (kind) {
      case "eq" -> new TypedFilter.Equal(field, scalar(cbor));
      case "ne" -> new TypedFilter.NotEqual(field, scalar(cbor));
      case "gt" -> new TypedFilter.Compare(field, Order.GREATER, scalar(cbor));
      case "gte" -> new TypedFilter.Compare(field, Order.GREATER_OR_EQUAL, scalar(cbor));
      case "lt" -> new TypedFilter.Compare(field, Order.LESS, scalar(cbor));
      case "lte" -> new TypedFilter.Compare(field, Order.LESS_OR_EQUAL, scalar(cbor));
      case "in" -> new TypedFilter.In(field, scalars(cbor));
      case "not_in" -> new TypedFilter.NotIn(field, scalars(cbor));
      case "contains_any" -> new TypedFilter.ContainsAny(field, scalars(cbor));
      case "contains_all" -> new TypedFilter.ContainsAll(field, scalars(cbor));
      case "substring" -> new TypedFilter.Substring(field, part(cbor));
      case "substring_any" -> new TypedFilter.SubstringAny(field, Items.texts(cbor));
      case "substring_all" -> new TypedFilter.SubstringAll(field, Items.texts(cbor));
      case "prefix" -> new TypedFilter.Prefix(field, part(cbor));
      case "glob" -> new TypedFilter.Glob(field, part(cbor));
      case "regex" -> new TypedFilter.Regex(field, part(cbor));
      case "geo_radius" -> new TypedFilter.GeoRadius(field, point(cbor), Items.longBits(cbor));
      case "geo_box" -> {
        Value.Geo southWest = point(cbor);
        Value.Geo northEast = point(cbor);
        yield new TypedFilter.GeoBox(
            field,
            new TypedFilter.Box(
                southWest.latitude(),
                southWest.longitude(),
                northEast.latitude(),
                northEast.longitude()));
      }
      case "exists" -> new TypedFilter.Exists(field, Items.flag(cbor));
      default -> throw new IOException("it has a filter of the unknown kind " + kind);
    };
  }

  private static Value.Scalar scalar(JsonParser cbor) throws IOException {
    cbor.nextToken();
    return ValueCbor.readScalar(cbor);
  }

  private static Value.Geo point(JsonParser cbor) throws IOException {
    if (scalar(cbor) instanceof Value.Geo point) {
      return point;
    }
    throw new IOException("it has another value where a point was expected");
  }

  private static List<Value.Scalar> scalars(JsonParser cbor) throws IOException {
    return Items.list(cbor, () -> ValueCbor.readScalar(cbor));
  }

  private static String part(JsonParser cbor) throws IOException {
    List<String> parts = Items.texts(cbor);
    if (parts.size() != 1) {
      throw new IOException("it has " + parts.size() + " operands, expected 1");
    }
    return parts.getFirst();
  }
}
