/**
 * Vector index plugin {@code hnsw}: a hierarchical navigable small world graph, for hot sets that
 * fit in memory and recall of .99 and more.
 *
 * <p>The graph and a code of 4 bits a component for each vector are in memory; the vectors are not,
 * but for those few that may be hits after their codes: they are read from the segment, and decide.
 *
 * <p>The way of a build: {@code HnswBuild} copies the vectors in a seeded random order into a
 * {@code LinkSpace}, {@code NodeCoder} codes them, {@code GraphBuilder} links them batch by batch,
 * {@code Calibrator} measures recall on rows that are not linked yet and on {@code Strangers},
 * {@code Connectivity} makes every row reachable, {@code LocalityOrder} renumbers, {@code
 * BlobWriter} writes what {@code docs/format/index-hnsw.md} says. The way of a search: {@code
 * BlobLoader} has brought the codes into memory, and {@code StoredLinks} the links, if not yet for
 * the first search. {@code Search} picks a {@code SearchPlan}, more careful when there is no {@code
 * Resemblance} between the query and the rows; {@code Beam} walks the graph by codes, or all that
 * may be returned are compared; {@code VectorScores} decides.
 *
 * <p>Its rooms: {@code build} makes an index and {@code search} asks it; neither knows the other.
 * Both use {@code blob.v1}, the format of {@code docs/format/index-hnsw.md}, {@code code}, which
 * estimates scores, and {@code graph}, which a build walks just as a search does.
 */
module io.elacsym.index.hnsw {
  requires io.elacsym.api;
  requires io.elacsym.index.codes;

  provides io.elacsym.api.index.VectorIndexProvider with
      io.elacsym.index.hnsw.HnswProvider;
}
