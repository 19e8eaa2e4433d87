/**
 * The only module of Elacsym that a plugin reads: the three service provider interfaces and the
 * values that cross them.
 *
 * <p>A plugin is a named module that {@code provides} one of
 *
 * <ul>
 *   <li>{@link io.elacsym.api.storage.StorageProvider}: where objects are kept,
 *   <li>{@link io.elacsym.api.segment.SegmentFormatProvider}: how documents are encoded,
 *   <li>{@link io.elacsym.api.index.VectorIndexProvider}: how nearest vectors are found,
 *   <li>{@link io.elacsym.api.index.TextIndexProvider}: how text is analysed and ranked.
 * </ul>
 *
 * <p>Rules that hold everywhere in this module:
 *
 * <ul>
 *   <li>Calls block; the host calls from virtual threads. A plugin starts no threads that outlive a
 *       call.
 *   <li>Providers are stateless and safe for use by many threads. What they open says for itself
 *       which threads may use it.
 *   <li>Failures are {@link io.elacsym.api.ElacsymException}s with a kind that says what the caller
 *       should do. Nothing is ever {@code null}.
 *   <li>Interfaces that plugins implement gain only default methods; names, never enum ordinals, go
 *       into stored data.
 * </ul>
 */
module io.elacsym.api {
  exports io.elacsym.api;
  exports io.elacsym.api.blob;
  exports io.elacsym.api.index;
  exports io.elacsym.api.segment;
  exports io.elacsym.api.storage;
}
