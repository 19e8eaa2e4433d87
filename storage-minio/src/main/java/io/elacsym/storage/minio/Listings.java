package io.elacsym.storage.minio;

import io.elacsym.storage.bucket.client.Facts;
import io.elacsym.storage.bucket.client.Page;
import io.minio.messages.Item;
import io.minio.messages.ListBucketResultV2;
import io.minio.messages.ListObjectsResult;
import java.io.IOException;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads listings; names in them are encoded as the answer says. */
final class Listings {
  private Listings() {}

  /**
   * @throws IOException when something is missing
   */
  static Page page(ListBucketResultV2 answer) throws IOException {
    List<Page.Entry> objects = new ArrayList<>();
    for (Item item : answer.contents()) {
      Facts facts =
          Facts.of(
              item.size(),
              Optional.ofNullable(item.etag()),
              Optional.ofNullable(item.lastModified()).map(ZonedDateTime::toInstant));
      objects.add(new Page.Entry(name(item, answer), facts));
    }
    List<String> folders = new ArrayList<>();
    for (ListObjectsResult.Prefix prefix : answer.commonPrefixes()) {
      folders.add(name(prefix.toItem(), answer));
    }
    return Page.of(
        objects,
        folders,
        answer.isTruncated(),
        Optional.ofNullable(answer.nextContinuationToken()));
  }

  private static String name(Item item, ListBucketResultV2 answer) {
    item.setEncodingType(answer.encodingType());
    return item.objectName();
  }
}
