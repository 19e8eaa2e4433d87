package io.elacsym.distribution.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.ElementType;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/** The type that suits the values seen of one attribute. */
final class TypeGuess {
  /** From this many words a string on average is a text to be ranked, not a label. */
  private static final double PROSE_WORDS = 4;

  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern SPACE = Pattern.compile("\\s+");

  private final Set<ElementType> seen = EnumSet.noneOf(ElementType.class);
  private boolean list;
  private long texts;
  private long words;

  void add(JsonNode value) {
    if (value.isArray()) {
      list = true;
      value.forEach(this::addScalar);
    } else {
      addScalar(value);
    }
  }

  private void addScalar(JsonNode value) {
    if (value.isBoolean()) {
      seen.add(ElementType.BOOL);
    } else if (value.isIntegralNumber()) {
      seen.add(value.canConvertToLong() ? ElementType.INT : ElementType.UINT);
    } else if (value.isNumber()) {
      seen.add(ElementType.FLOAT);
    } else if (value.isTextual()) {
      addText(value.asText());
    }
  }

  private void addText(String text) {
    texts++;
    words += SPACE.split(text.strip()).length;
    if (UUID.matcher(text).matches()) {
      seen.add(ElementType.UUID);
    } else {
      seen.add(isTime(text) ? ElementType.DATETIME : ElementType.STRING);
    }
  }

  private static boolean isTime(String text) {
    try {
      OffsetDateTime.parse(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  Attribute attribute() {
    ElementType element = element();
    boolean prose =
        element == ElementType.STRING && texts > 0 && (double) words / texts >= PROSE_WORDS;
    AttributeType type = list ? AttributeType.arrayOf(element) : AttributeType.of(element);
    return SchemaGuess.attribute(type, prose && !list);
  }

  private ElementType element() {
    if (seen.size() == 1) {
      return seen.iterator().next();
    }
    if (!seen.isEmpty() && EnumSet.of(ElementType.INT, ElementType.UINT).containsAll(seen)) {
      return ElementType.UINT;
    }
    boolean numbers =
        EnumSet.of(ElementType.INT, ElementType.UINT, ElementType.FLOAT).containsAll(seen);
    return numbers && !seen.isEmpty() ? ElementType.FLOAT : ElementType.STRING;
  }
}
