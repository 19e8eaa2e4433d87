package io.elacsym.index.ivf;

import io.elacsym.api.Option;
import io.elacsym.api.OptionType;
import io.elacsym.api.Options;
import io.elacsym.index.ivf.quantizer.Flat;
import io.elacsym.index.ivf.quantizer.Sq8;
import java.util.List;

/**
 * The values of the plugin's options.
 *
 * @param listRows how many rows a list should have
 * @param quantizer the name of the quantizer
 */
record IvfOptions(int listRows, String quantizer) {
  private static final String LIST_ROWS = "list_rows";
  private static final String QUANTIZER = "quantizer";

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
                  Sq8.NAME,
                  "How rows are scanned: 'sq8' scans one byte a component and ranks the best by the"
                      + " exact vectors; 'flat' scans the exact vectors.")
              .oneOf(Sq8.NAME, Flat.NAME));

  static IvfOptions of(Options options) {
    return new IvfOptions(options.smallInteger(LIST_ROWS), options.text(QUANTIZER));
  }
}
