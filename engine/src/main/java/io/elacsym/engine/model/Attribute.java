package io.elacsym.engine.model;

import io.elacsym.api.index.TextAnalysis;
import java.util.Optional;

/**
 * The declaration of an attribute.
 *
 * @param type of its values
 * @param indexed whether filters on it use an index; without, they scan
 * @param fullText how its text is ranked; only for strings and arrays of strings
 */
public record Attribute(AttributeType type, boolean indexed, Optional<TextAnalysis> fullText) {
  public static Attribute of(AttributeType type) {
    return new Attribute(type, false, Optional.empty());
  }

  public static Attribute indexed(AttributeType type) {
    return new Attribute(type, true, Optional.empty());
  }

  public static Attribute fullText(TextAnalysis analysis) {
    return new Attribute(AttributeType.STRING, false, Optional.of(analysis));
  }

  /**
   * Whether this declaration may be replaced by another one: by one that has an index more, or is
   * full-text besides.
   */
  public boolean mayBecome(Attribute other) {
    return type.equals(other.type)
        && (other.indexed || !indexed)
        && (fullText.isEmpty() || fullText.equals(other.fullText));
  }

  /** In the words of a schema, for messages. */
  String shown() {
    return type.id()
        + (indexed ? ", indexed" : "")
        + fullText.map(analysis -> ", full_text in " + analysis.language()).orElse("");
  }
}
