package io.elacsym.engine.model;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.index.TextAnalysis;
import io.elacsym.api.index.TextTokenizer;
import io.elacsym.api.index.VectorField;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The fields of a namespace's documents. Immutable; it can only gain attributes and indexes.
 *
 * @param vectors vector fields, 0 to 8, with distinct names
 * @param attributes by name, in the order of declaration
 * @param timeToLive when documents expire; empty when they never do
 */
public record Schema(
    List<VectorField> vectors,
    SequencedMap<String, Attribute> attributes,
    Optional<TimeToLive> timeToLive) {
  /** The name of the vector field that {@code vector_dim} declares. */
  public static final String VECTOR = "vector";

  /** The name of the id in filters and columns. */
  public static final String ID = "id";

  public static final int MAX_VECTOR_FIELDS = 8;
  public static final int MAX_DIMENSION = 65_536;
  public static final int MAX_ATTRIBUTES = 1_024;
  public static final int MAX_NAME_BYTES = 128;

  /** Greatest k1 of a text attribute; ranking computes in 32-bit floats. */
  public static final double MAX_K1 = 1_000;

  /**
   * @throws ElacsymException {@code INVALID_REQUEST} naming the field and the broken rule
   */
  public Schema {
    vectors = List.copyOf(vectors);
    attributes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(attributes));
    if (vectors.size() > MAX_VECTOR_FIELDS) {
      throw ElacsymException.invalid(
          vectors.size() + " vector fields, expected at most " + MAX_VECTOR_FIELDS);
    }
    if (attributes.size() > MAX_ATTRIBUTES) {
      throw ElacsymException.invalid(
          attributes.size() + " attributes, expected at most " + MAX_ATTRIBUTES);
    }
    for (VectorField field : vectors) {
      checkName(field.name());
      if (field.dimension() < 1 || field.dimension() > MAX_DIMENSION) {
        throw ElacsymException.invalid(
            "vector field '"
                + field.name()
                + "' has dimension "
                + field.dimension()
                + ", expected 1 to "
                + MAX_DIMENSION);
      }
      if (attributes.containsKey(field.name())
          || vectors.stream().filter(other -> other.name().equals(field.name())).count() > 1) {
        throw ElacsymException.invalid("two fields are called '" + field.name() + "'");
      }
    }
    attributes.forEach((name, attribute) -> {
      checkName(name);
      if (name.equals(VECTOR)) {
        throw ElacsymException.invalid("attribute 'vector': the name is kept for the vector field");
      }
      if (attribute.fullText().isPresent() && attribute.type().element() != ElementType.STRING) {
        throw ElacsymException.invalid(
            "attribute '"
                + name
                + "' is "
                + attribute.type().id()
                + " and full_text, expected string or array_string for full_text");
      }
      attribute.fullText().ifPresent(analysis -> checkAnalysis(name, analysis));
    });
    if (timeToLive.isPresent()) {
      checkExpires(timeToLive.get(), attributes);
    }
  }

  /** A schema whose documents never expire. */
  public Schema(List<VectorField> vectors, SequencedMap<String, Attribute> attributes) {
    this(vectors, attributes, Optional.empty());
  }

  /** Every request asks which documents are expired, so an index has to answer that. */
  private static void checkExpires(TimeToLive ttl, Map<String, Attribute> attributes) {
    Attribute attribute = attributes.get(ttl.attribute());
    if (attribute == null
        || !attribute.type().equals(AttributeType.DATETIME)
        || !attribute.indexed()) {
      throw ElacsymException.invalid(
          "ttl.attribute is \""
              + Strings.shown(ttl.attribute())
              + "\", "
              + (attribute == null
                  ? "which the schema does not have"
                  : "of type " + attribute.shown())
              + ", expected an attribute of type datetime that is indexed");
    }
  }

  private static void checkAnalysis(String name, TextAnalysis analysis) {
    if (!(analysis.k1() > 0 && analysis.k1() <= MAX_K1)) {
      throw ElacsymException.invalid(
          "attribute '"
              + name
              + "' has k1 "
              + analysis.k1()
              + ", expected more than 0 and at most "
              + (int) MAX_K1);
    }
    if (!(analysis.b() >= 0 && analysis.b() <= 1)) {
      throw ElacsymException.invalid(
          "attribute '" + name + "' has b " + analysis.b() + ", expected 0 to 1");
    }
    int longest = analysis.maxTokenLength();
    if (longest < 1 || longest > TextAnalysis.MAX_TOKEN_LENGTH) {
      throw ElacsymException.invalid(
          "attribute '"
              + name
              + "' has max_token_length "
              + longest
              + ", expected 1 to "
              + TextAnalysis.MAX_TOKEN_LENGTH);
    }
    if (analysis.tokenizer() instanceof TextTokenizer.Ngrams ngrams
        && !(1 <= ngrams.shortest()
            && ngrams.shortest() <= ngrams.longest()
            && ngrams.longest() <= TextTokenizer.MAX_NGRAM)) {
      throw ElacsymException.invalid(
          "attribute '"
              + name
              + "' has ngram_min "
              + ngrams.shortest()
              + " and ngram_max "
              + ngrams.longest()
              + ", expected 1 <= ngram_min <= ngram_max <= "
              + TextTokenizer.MAX_NGRAM);
    }
  }

  private static void checkName(String name) {
    if (!Strings.isWellFormed(name)) {
      throw ElacsymException.invalid(
          "field name '"
              + Strings.shown(name)
              + "' has half a surrogate pair, expected Unicode text");
    }
    int bytes = name.getBytes(StandardCharsets.UTF_8).length;
    if (bytes < 1 || bytes > MAX_NAME_BYTES) {
      throw ElacsymException.invalid(
          "field name '"
              + Strings.shown(name)
              + "' has "
              + bytes
              + " bytes, expected 1 to "
              + MAX_NAME_BYTES);
    }
    if (name.equals(ID) || name.startsWith("$")) {
      throw ElacsymException.invalid(
          "field name '" + name + "': 'id' and names that start with '$' are kept for Elacsym");
    }
  }

  public Optional<VectorField> vector(String name) {
    return vectors.stream().filter(field -> field.name().equals(name)).findFirst();
  }

  /**
   * The number of a field, from 0: the vector fields come first, then the attributes, each in the
   * order in which they were declared. It never changes, because a schema loses nothing and gains
   * attributes at its end.
   */
  public int number(String field) {
    int number = 0;
    for (VectorField vector : vectors) {
      if (vector.name().equals(field)) {
        return number;
      }
      number++;
    }
    for (String attribute : attributes.sequencedKeySet()) {
      if (attribute.equals(field)) {
        return number;
      }
      number++;
    }
    throw new IllegalArgumentException("no field is called '" + field + "'");
  }

  public Optional<Attribute> attribute(String name) {
    return Optional.ofNullable(attributes.get(name));
  }

  /**
   * This schema with more attributes, or more indexes on those that it has.
   *
   * @throws ElacsymException {@code CONFLICT} when an attribute exists with another declaration
   */
  public Schema with(Map<String, Attribute> more) {
    SequencedMap<String, Attribute> all = new LinkedHashMap<>(attributes);
    more.forEach((name, attribute) -> {
      Attribute before = all.put(name, attribute);
      if (before != null && !before.mayBecome(attribute)) {
        throw ElacsymException.conflict(
            "attribute '"
                + name
                + "' exists as "
                + before.shown()
                + " and cannot become "
                + attribute.shown());
      }
    });
    return new Schema(vectors, all, timeToLive);
  }

  /**
   * This schema after a change.
   *
   * @throws ElacsymException {@code CONFLICT} when an attribute exists with another declaration,
   *     {@code INVALID_REQUEST} when documents cannot expire as they shall
   */
  public Schema with(SchemaChange change) {
    Schema larger = with(change.attributes());
    Optional<TimeToLive> ttl =
        change.endsTimeToLive() ? Optional.empty() : change.timeToLive().or(larger::timeToLive);
    return new Schema(vectors, larger.attributes(), ttl);
  }
}
