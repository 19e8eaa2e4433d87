package io.elacsym.storage.minio;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.storage.StorageStatistics.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists folders, page by page: the store itself passes over what is in them. */
final class FolderLists {
  private static final String PERMISSION = "s3:ListBucket";

  /** The most that one answer has, objects beside the folders included. */
  private static final int PAGE = 1000;

  /** The character behind the slash: a key with it comes after all in a folder. */
  private static final char BEHIND_SLASH = '/' + 1;

  private final Requests requests;
  private final ObjectKeys keys;
  private final Failures failures;

  FolderLists(Requests requests, ObjectKeys keys, Failures failures) {
    this.requests = requests;
    this.keys = keys;
    this.failures = failures;
  }

  List<String> list(String prefix, String after, int limit) {
    if (limit < 1) {
      throw ElacsymException.invalid("limit is " + limit + ", expected at least 1");
    }
    try {
      return found(prefix, after, limit);
    } catch (CallFailure e) {
      throw failures.of("cannot list folders '" + prefix + "*'", PERMISSION, e);
    }
  }

  private List<String> found(String prefix, String after, int limit) throws CallFailure {
    List<String> found = new ArrayList<>();
    Optional<PageStart> next =
        Optional.of(
            new PageStart.AfterKey(after.isEmpty() ? "" : keys.prefix() + after + BEHIND_SLASH));
    while (next.isPresent() && found.size() < limit) {
      PageStart start = next.get();
      int wanted = Math.min(limit - found.size(), PAGE);
      FolderPage page =
          requests.repeated(
              Operation.LIST, 0, api -> api.listFolders(keys.prefix() + prefix, start, wanted));
      for (String folder : page.folders()) {
        keys.name(folder.substring(0, folder.length() - 1)).ifPresent(found::add);
      }
      next = page.next().map(PageStart.Continued::new);
    }
    return found;
  }
}
