/**
 * The contracts of the plugin interfaces, as checks anyone can run, and the parts to run them with.
 *
 * <ul>
 *   <li>{@link io.elacsym.tck.storage.StorageContract}, {@link
 *       io.elacsym.tck.segment.SegmentFormatContract}, {@link
 *       io.elacsym.tck.index.VectorIndexContract}, {@link io.elacsym.tck.index.TextIndexContract}:
 *       what each kind of plugin promises, one {@link io.elacsym.tck.Check} a promise.
 *   <li>{@link io.elacsym.tck.junit.ContractTests}: the same checks as JUnit tests. It is the only
 *       package that needs JUnit; the rest runs without.
 *   <li>{@code io.elacsym.tck.oracle}: slow and obvious answers to compare with.
 *   <li>{@code io.elacsym.tck.memory}: a storage and a segment format that keep their promises in
 *       memory, for tests of whatever uses them.
 *   <li>{@code io.elacsym.tck.reference}: a vector and a text index that are right and slow.
 *   <li>{@code io.elacsym.tck.fault}: a storage that breaks down on purpose, from a seed.
 * </ul>
 *
 * <p>Every random choice comes from {@link io.elacsym.tck.Seed#current}; a failed check names it.
 * How thoroughly checks look is up to the {@link io.elacsym.tck.Profile}.
 */
module io.elacsym.tck {
  requires transitive io.elacsym.api;
  requires static org.junit.jupiter.api;
  requires jdk.management;

  exports io.elacsym.tck;
  exports io.elacsym.tck.fault;
  exports io.elacsym.tck.index;
  exports io.elacsym.tck.junit;
  exports io.elacsym.tck.memory;
  exports io.elacsym.tck.oracle;
  exports io.elacsym.tck.reference;
  exports io.elacsym.tck.segment;
  exports io.elacsym.tck.storage;

  provides io.elacsym.api.storage.StorageProvider with
      io.elacsym.tck.memory.MemoryStorageProvider;
  provides io.elacsym.api.segment.SegmentFormatProvider with
      io.elacsym.tck.memory.RowsFormatProvider;
}
