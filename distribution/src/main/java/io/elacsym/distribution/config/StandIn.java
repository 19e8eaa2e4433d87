package io.elacsym.distribution.config;

import io.elacsym.api.Option;
import io.elacsym.api.OptionValues;
import java.util.Optional;

/**
 * A value in place of one that was refused. A check would end at once if a required option had
 * none, and nothing would be said of the others.
 */
final class StandIn {
  private StandIn() {}

  /** Empty where no value at all is right, too. */
  static Optional<String> of(Option option) {
    return option.required() ? Optional.of(any(option)) : Optional.empty();
  }

  private static String any(Option option) {
    return switch (option.values()) {
      case OptionValues.OneOf words -> words.words().getFirst();
      case OptionValues.Range range -> range.least();
      case OptionValues.Any any ->
          switch (option.type()) {
            case TEXT, PATH -> "anything";
            case INTEGER, NUMBER, BYTES, DURATION -> "1";
            case FLAG -> "false";
          };
    };
  }
}
