package io.elacsym.engine.leaf;

/**
 * A question on its way to a leaf.
 *
 * @param manifestVersion of the snapshot that asks: a leaf that knows an older one looks for a
 *     newer one before it refuses
 * @param segment its id
 * @param digest of what is stored of the segment; the leaf answers only if it has the very same
 * @param question a {@link LeafQuestion}, which cannot be read before it is known how many rows the
 *     segment has; see {@link #question(int)}
 * @param checksum of the whole request, which the reply repeats
 */
public record LeafRequest(
    long manifestVersion, String segment, String digest, byte[] question, int checksum) {
  /**
   * What is asked.
   *
   * @param rows of the segment
   * @throws io.elacsym.api.ElacsymException {@code INVALID_REQUEST} when it is no question about
   *     such a segment
   */
  public LeafQuestion question(int rows) {
    return LeafCodec.readQuestion(question, rows);
  }
}
