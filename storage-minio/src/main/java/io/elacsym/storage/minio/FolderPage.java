package io.elacsym.storage.minio;

import io.minio.messages.Item;
import io.minio.messages.ListBucketResultV2;
import io.minio.messages.ListObjectsResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A part of a listing of folders.
 *
 * @param folders keys that end with a slash
 * @param next where the next part starts, in the store's own words; empty when this is the last
 */
record FolderPage(List<String> folders, Optional<String> next) {
  /**
   * @throws IOException when something is missing
   */
  static FolderPage of(ListBucketResultV2 answer) throws IOException {
    List<String> folders = new ArrayList<>();
    for (ListObjectsResult.Prefix prefix : answer.commonPrefixes()) {
      Item item = prefix.toItem();
      item.setEncodingType(answer.encodingType());
      folders.add(item.objectName());
    }
    return new FolderPage(folders, Page.of(answer).next());
  }
}
