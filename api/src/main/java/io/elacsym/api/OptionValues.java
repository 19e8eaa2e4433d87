package io.elacsym.api;

import java.util.List;
import java.util.Optional;

/** Which values of its {@linkplain OptionType type} an option takes. */
public sealed interface OptionValues {
  /** All of them. */
  record Any() implements OptionValues {}

  /**
   * Those in a range, both ends included.
   *
   * @param least in the words of a configuration, such as {@code 64KB}
   * @param most likewise; empty when there is no bound
   */
  record Range(String least, Optional<String> most) implements OptionValues {
    @Override
    public String toString() {
      return most.map(end -> least + " to " + end).orElse("at least " + least);
    }
  }

  /** One of some words. */
  record OneOf(List<String> words) implements OptionValues {
    public OneOf {
      words = List.copyOf(words);
    }

    @Override
    public String toString() {
      return words.size() == 1
          ? words.getFirst()
          : String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.getLast();
    }
  }
}
