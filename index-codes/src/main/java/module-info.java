/**
 * What vector indexes have in common that keep a code of few bytes for each vector and estimate
 * scores by it. It provides no plugin: a plugin with such an index has this module in its
 * directory, beside its own.
 *
 * <p>{@link io.elacsym.index.codes.Space} is where vectors are coded: moved and rotated ({@link
 * io.elacsym.index.codes.Rotation}), so that their components are about normally distributed and
 * the same steps fit all of them ({@link io.elacsym.index.codes.Uniform}). {@link
 * io.elacsym.index.codes.Candidates} are the items that may be hits after estimates of a known
 * error; {@link io.elacsym.index.codes.Similarity} scores them by their vectors.
 */
@SuppressWarnings("module") // the modules it is exported to are built after this one
module io.elacsym.index.codes {
  requires io.elacsym.api;

  exports io.elacsym.index.codes to
      io.elacsym.index.hnsw,
      io.elacsym.index.ivf;
}
