package io.elacsym.index.hnsw;

import io.elacsym.api.Option;
import io.elacsym.api.OptionType;
import io.elacsym.api.Options;
import io.elacsym.index.hnsw.blob.v1.BlobLayout;
import java.util.List;

/**
 * The options of the plugin, checked.
 *
 * @param m links per node on upper levels; level 0 has twice as many
 * @param efConstruction the beam width with which a new node's neighbours are looked for
 */
record HnswOptions(int m, int efConstruction) {
  static final int MIN_M = 8;
  static final int MIN_EF_CONSTRUCTION = 16;
  static final int MAX_EF_CONSTRUCTION = 4096;

  static final List<Option> DECLARED =
      List.of(
          Option.of(
                  "m",
                  OptionType.INTEGER,
                  "16",
                  "links of a row: more find more and take more memory, 8 bytes each")
              .between(Integer.toString(MIN_M), Integer.toString(BlobLayout.MAX_M)),
          Option.of(
                  "ef_construction",
                  OptionType.INTEGER,
                  "100",
                  "rows kept in sight while a row is linked: more make a better graph and a"
                      + " slower build")
              .between(
                  Integer.toString(MIN_EF_CONSTRUCTION), Integer.toString(MAX_EF_CONSTRUCTION)));

  /**
   * @throws io.elacsym.api.ElacsymException {@code INVALID_REQUEST} when a value is out of its
   *     range
   */
  static HnswOptions of(Options options) {
    return new HnswOptions(options.smallInteger("m"), options.smallInteger("ef_construction"));
  }
}
