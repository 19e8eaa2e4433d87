/**
 * A vector index for Elacsym that compares the query with every vector: exact, and quick enough for
 * some ten thousand vectors a segment.
 *
 * <p>It is written as an example. {@link com.example.elacsym.flat.FlatIndexProvider} is the way in;
 * {@link com.example.elacsym.flat.FlatLayout} says what the blob looks like.
 */
module com.example.elacsym.flat {
  requires io.elacsym.api;

  provides io.elacsym.api.index.VectorIndexProvider with
      com.example.elacsym.flat.FlatIndexProvider;
}
