package io.elacsym.engine.model;

/**
 * What an acknowledged, durable write did. A document counts once for each of these, however often
 * the request names it.
 *
 * @param upserted stored, or changed by a kind of change that may also create
 * @param patched changed by a kind of change that may not
 * @param deleted that existed and are gone
 * @param missing not changed because they were not there
 * @param refused not changed because the condition did not hold
 * @param remaining whether more documents match the filter of a partial change than it could change
 * @param sequence of the WAL entry that made it durable, or of the newest one if there was nothing
 *     to store
 */
public record WriteResult(
    Affected upserted,
    Affected patched,
    Affected deleted,
    Affected missing,
    Affected refused,
    boolean remaining,
    long sequence) {
  /** A write that did nothing. */
  public static final WriteResult NOTHING =
      new WriteResult(
          Affected.NONE, Affected.NONE, Affected.NONE, Affected.NONE, Affected.NONE, false, 0);

  /** The same, made durable by an entry. */
  public WriteResult at(long entry) {
    return new WriteResult(upserted, patched, deleted, missing, refused, remaining, entry);
  }
}
