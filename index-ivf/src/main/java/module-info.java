/**
 * The vector index {@code ivf}: inverted lists around centroids, made for object storage.
 *
 * <p>Building clusters the segment's rows and asks the engine to lay them out in cluster order, so
 * that a list is one range of the blob and one range of every filter's bitmap. Searching predicts
 * from a small model of each list how good a hit it can hold, reads the promising lists in one
 * wave, estimates their rows by codes, and ranks those by their vectors that may be hits. How many
 * lists a recall target needs is measured while building, for many kinds of queries, and stored in
 * the blob; what a search finds tells whether the prediction was right.
 *
 * <p>Its rooms, each of which uses only those after it: {@code build} makes an index and measures
 * it with the model that {@code search} decides by; {@code blob.v1} is the format of {@code
 * docs/format/index-ivf.md}; {@code quantizer} says what stands for a vector.
 */
module io.elacsym.index.ivf {
  requires io.elacsym.api;
  requires io.elacsym.index.codes;

  provides io.elacsym.api.index.VectorIndexProvider with
      io.elacsym.index.ivf.IvfIndexProvider;
}
