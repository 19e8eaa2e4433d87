package io.elacsym.storage.minio;

import io.minio.messages.Item;
import io.minio.messages.ListBucketResultV2;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A part of a listing.
 *
 * @param next where the next part starts, in the store's own words; empty when this is the last
 */
record Page(List<Entry> entries, Optional<String> next) {
  /** A key and what is known of its object. */
  record Entry(String key, Facts facts) {}

  /**
   * @throws IOException when something is missing
   */
  static Page of(ListBucketResultV2 answer) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (Item item : answer.contents()) {
      item.setEncodingType(answer.encodingType());
      entries.add(new Entry(item.objectName(), Facts.of(item)));
    }
    Optional<String> next = Optional.ofNullable(answer.nextContinuationToken());
    if (answer.isTruncated() && next.isEmpty()) {
      throw new IOException("the answer says that there is more, but not where");
    }
    return new Page(entries, answer.isTruncated() ? next : Optional.empty());
  }
}
