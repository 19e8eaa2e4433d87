package io.elacsym.engine.filter;

import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.ElementType;
import io.elacsym.engine.model.Samples;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Random filters that fit a schema, with operands of the values that {@link Samples} has. */
public record RandomFilters(Random random, Schema schema, DocId.Kind ids) {
  private static final List<String> GLOBS =
      List.of(
          "*",
          "*",
          "?",
          "a",
          "b",
          "[ab]",
          "[!a]",
          "[a-c]",
          "[]x]",
          "[!]]",
          "\\*",
          "\\\\",
          "é",
          "\uD83D\uDE00",
          "[\uD83D\uDE00-\uD83D\uDE02]",
          "[x^&&]");

  private static final List<Double> METERS =
      List.of(0.0, 0.02, 1.0, 60_000.0, 1.2e6, 7e6, 1.3e7, 2.00151e7, 1e300);

  /** What both RE2 and the JDK understand, and alike. */
  private static final List<String> REGEXES =
      List.of(
          "a",
          "b",
          "(?:ab|b)",
          "a*",
          "[a-c]+",
          "[^a]",
          "(?s).",
          "\\*",
          "é?",
          "漢",
          "(?i)A",
          "\uD83D\uDE00",
          "[\uD83D\uDE00-\uD83D\uDE02]",
          "\\x00",
          "(?:a|é){2,3}",
          "\\\\");

  public TypedFilter filter(int depth) {
    if (depth == 0 || random.nextInt(3) == 0) {
      List<String> fields = new ArrayList<>(schema.attributes().keySet());
      fields.add(Schema.ID);
      return leaf(fields.get(random.nextInt(fields.size())));
    }
    return switch (random.nextInt(3)) {
      case 0 -> new TypedFilter.And(filters(depth - 1));
      case 1 -> new TypedFilter.Or(filters(depth - 1));
      default -> new TypedFilter.Not(filter(depth - 1));
    };
  }

  private List<TypedFilter> filters(int depth) {
    List<TypedFilter> filters = new ArrayList<>();
    for (int left = random.nextInt(4); left > 0; left--) {
      filters.add(filter(depth));
    }
    return filters;
  }

  TypedFilter leaf(String field) {
    AttributeType type = type(field);
    Samples samples = new Samples(random);
    List<TypedFilter> choices = new ArrayList<>();
    choices.add(new TypedFilter.Exists(field, random.nextBoolean()));
    if (type.element() == ElementType.STRING) {
      choices.add(new TypedFilter.Prefix(field, samples.text()));
      choices.add(new TypedFilter.Glob(field, glob()));
      choices.add(new TypedFilter.Glob(field, glob()));
      choices.add(new TypedFilter.Regex(field, regex()));
      choices.add(new TypedFilter.Regex(field, regex()));
    }
    if (type.element() == ElementType.GEO) {
      choices.add(new TypedFilter.GeoRadius(field, samples.point(), samples.oneOf(METERS)));
      choices.add(new TypedFilter.GeoRadius(field, samples.point(), samples.oneOf(METERS)));
      choices.add(new TypedFilter.GeoBox(field, box(samples)));
      choices.add(new TypedFilter.GeoBox(field, box(samples)));
    }
    if (type.equals(AttributeType.STRING) && !field.equals(Schema.ID)) {
      choices.add(new TypedFilter.Substring(field, samples.text()));
      choices.add(new TypedFilter.SubstringAny(field, texts(samples)));
      choices.add(new TypedFilter.SubstringAll(field, texts(samples)));
    }
    if (type.isArray()) {
      choices.add(new TypedFilter.ContainsAny(field, samples.scalars(type.element(), 3)));
      choices.add(new TypedFilter.ContainsAll(field, samples.scalars(type.element(), 3)));
    } else {
      choices.add(new TypedFilter.Equal(field, scalar(field, type, samples)));
      choices.add(new TypedFilter.NotEqual(field, scalar(field, type, samples)));
      choices.add(new TypedFilter.In(field, scalars(field, type, samples)));
      choices.add(new TypedFilter.NotIn(field, scalars(field, type, samples)));
      if (!type.equals(AttributeType.BOOL) && !type.equals(AttributeType.GEO)) {
        choices.add(
            new TypedFilter.Compare(
                field,
                samples.oneOf(List.of(TypedFilter.Order.values())),
                scalar(field, type, samples)));
      }
    }
    return choices.get(random.nextInt(choices.size()));
  }

  private List<Value.Scalar> scalars(String field, AttributeType type, Samples samples) {
    return IntStream.range(0, random.nextInt(5))
        .mapToObj(i -> scalar(field, type, samples))
        .toList();
  }

  /** Of the id, only what an id can be. */
  private Value.Scalar scalar(String field, AttributeType type, Samples samples) {
    return field.equals(Schema.ID)
        ? DocumentFilter.value(samples.id(ids))
        : samples.scalar(type.element());
  }

  private static TypedFilter.Box box(Samples samples) {
    Value.Geo a = samples.point();
    Value.Geo b = samples.point();
    return new TypedFilter.Box(
        Math.min(a.latitude(), b.latitude()),
        a.longitude(),
        Math.max(a.latitude(), b.latitude()),
        b.longitude());
  }

  private String regex() {
    StringBuilder regex = new StringBuilder(random.nextInt(3) == 0 ? "^" : "");
    for (int left = random.nextInt(4); left > 0; left--) {
      regex.append(REGEXES.get(random.nextInt(REGEXES.size())));
    }
    return regex.append(random.nextInt(3) == 0 ? "\\z" : "").toString();
  }

  private List<String> texts(Samples samples) {
    return IntStream.range(0, random.nextInt(4)).mapToObj(i -> samples.text()).toList();
  }

  private AttributeType type(String field) {
    if (field.equals(Schema.ID)) {
      return ids == DocId.Kind.UINT ? AttributeType.UINT : AttributeType.STRING;
    }
    return schema.attribute(field).orElseThrow().type();
  }

  private String glob() {
    StringBuilder glob = new StringBuilder();
    for (int left = random.nextInt(5); left > 0; left--) {
      glob.append(GLOBS.get(random.nextInt(GLOBS.size())));
    }
    return glob.toString();
  }
}
