package io.elacsym.index.ivf;

import io.elacsym.api.Option;
import io.elacsym.api.OptionType;
import io.elacsym.api.Options;
import io.elacsym.index.ivf.build.QuantizerChoice;
import io.elacsym.index.ivf.quantizer.Quantizer;
import io.elacsym.index.ivf.quantizer.Rabitq;
import java.util.List;

/** The plugin's options. */
final class IvfOptions {
  private static final String LIST_ROWS = "list_rows";
  private static final String QUANTIZER = "quantizer";
  private static final String BITS = "bits";

  static final List<Option> DECLARED =
      List.of(
          Option.of(
                  LIST_ROWS,
                  OptionType.INTEGER,
                  "256",
                  "Rows in a list, on average. Smaller lists need less work a query,"
                      + " larger ones fewer reads of storage.")
              .between("16", "8192"),
          Option.of(
                  QUANTIZER,
                  OptionType.TEXT,
                  Rabitq.NAME,
                  "What stands for a vector while lists are scanned; the best are ranked by their"
                      + " vectors. 'rabitq': signs and further bits of a rotated vector; 'pq': 4"
                      + " bits for each two components, by learnt codebooks; 'sq8': a byte a"
                      + " component; 'flat': the vectors themselves.")
              .oneOf(Quantizer.NAMES.toArray(String[]::new)),
          Option.of(
                  BITS,
                  OptionType.INTEGER,
                  "5",
                  "Bits a component for 'rabitq'. One bit takes the least memory,"
                      + " more bits need fewer vectors to decide.")
              .oneOf(Rabitq.BITS.stream().map(String::valueOf).toArray(String[]::new)));

  private IvfOptions() {}

  static int listRows(Options options) {
    return options.smallInteger(LIST_ROWS);
  }

  static QuantizerChoice choice(Options options) {
    return new QuantizerChoice(options.text(QUANTIZER), options.smallInteger(BITS));
  }
}
