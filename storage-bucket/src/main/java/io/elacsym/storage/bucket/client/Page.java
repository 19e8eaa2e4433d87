package io.elacsym.storage.bucket.client;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A part of a listing.
 *
 * @param objects in the order of their keys
 * @param folders what keys have in common up to a slash, with that slash; empty unless asked for
 * @param next where the next part starts, in the store's own words; empty when this is the last
 */
public record Page(List<Entry> objects, List<String> folders, Optional<String> next) {
  public Page {
    objects = List.copyOf(objects);
    folders = List.copyOf(folders);
  }

  /** A key and what is known of its object. */
  public record Entry(String key, Facts facts) {}

  /**
   * A page as an answer brought it.
   *
   * @throws IOException when there is more and the answer does not say where: to ask again from the
   *     start would never end
   */
  public static Page of(
      List<Entry> objects, List<String> folders, boolean truncated, Optional<String> next)
      throws IOException {
    if (truncated && next.isEmpty()) {
      throw new IOException("the answer says that there is more, but not where");
    }
    return new Page(objects, folders, truncated ? next : Optional.empty());
  }
}
