package io.elacsym.storage.minio;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.StorageStatistics.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists objects, page by page. */
final class ObjectLists {
  private static final String PERMISSION = "s3:ListBucket";

  /** The most that one answer has. */
  private static final int PAGE = 1000;

  private final Requests requests;
  private final ObjectKeys keys;
  private final Failures failures;

  ObjectLists(Requests requests, ObjectKeys keys, Failures failures) {
    this.requests = requests;
    this.keys = keys;
    this.failures = failures;
  }

  List<ObjectInfo> list(String prefix, String after, int limit) {
    if (limit < 1) {
      throw ElacsymException.invalid("limit is " + limit + ", expected at least 1");
    }
    try {
      return found(prefix, after, limit);
    } catch (CallFailure e) {
      throw failures.of("cannot list objects '" + prefix + "*'", PERMISSION, e);
    }
  }

  private List<ObjectInfo> found(String prefix, String after, int limit) throws CallFailure {
    List<ObjectInfo> found = new ArrayList<>();
    Optional<PageStart> next =
        Optional.of(new PageStart.AfterKey(after.isEmpty() ? "" : keys.prefix() + after));
    while (next.isPresent() && found.size() < limit) {
      PageStart start = next.get();
      int wanted = Math.min(limit - found.size(), PAGE);
      Page page =
          requests.repeated(
              Operation.LIST, 0, api -> api.list(keys.prefix() + prefix, start, wanted));
      for (Page.Entry entry : page.entries()) {
        keys.name(entry.key()).map(entry.facts()::named).ifPresent(found::add);
      }
      next = page.next().map(PageStart.Continued::new);
    }
    return found;
  }

  /** The cheapest request that says whether endpoint, region, credentials and bucket are right. */
  void look(Failures whenOpening) {
    try {
      requests.repeated(
          Operation.LIST, 0, api -> api.list(keys.prefix(), new PageStart.AfterKey(""), 1));
    } catch (CallFailure e) {
      throw whenOpening.of("cannot list objects", PERMISSION, e);
    }
  }
}
