package io.elacsym.storage.bucket;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.StorageStatistics.Operation;
import io.elacsym.storage.bucket.client.CallFailure;
import io.elacsym.storage.bucket.client.Page;
import io.elacsym.storage.bucket.client.PageRequest;
import io.elacsym.storage.bucket.client.PageRequest.Start;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Lists objects and folders, page by page. */
final class ObjectLists {
  private static final String PERMISSION = "s3:ListBucket";

  /** The most that one answer has, objects beside the folders included. */
  private static final int PAGE = 1000;

  /** The character behind the slash: a key with it comes after all in a folder. */
  private static final char BEHIND_SLASH = '/' + 1;

  private final Requests requests;
  private final ObjectKeys keys;
  private final Failures failures;

  ObjectLists(Requests requests, ObjectKeys keys, Failures failures) {
    this.requests = requests;
    this.keys = keys;
    this.failures = failures;
  }

  List<ObjectInfo> objects(String prefix, String after, int limit) {
    String start = after.isEmpty() ? "" : keys.prefix() + after;
    try {
      return found(request(prefix, false, start, limit), limit, this::objectsOf);
    } catch (CallFailure e) {
      throw failures.of("cannot list objects '" + prefix + "*'", PERMISSION, e);
    }
  }

  /** The store itself passes over what is in the folders. */
  List<String> folders(String prefix, String after, int limit) {
    String start = after.isEmpty() ? "" : keys.prefix() + after + BEHIND_SLASH;
    try {
      return found(request(prefix, true, start, limit), limit, this::foldersOf);
    } catch (CallFailure e) {
      throw failures.of("cannot list folders '" + prefix + "*'", PERMISSION, e);
    }
  }

  /** The cheapest request that says whether endpoint, region, credentials and bucket are right. */
  void look(Failures whenOpening) {
    PageRequest first = request("", false, "", 1);
    try {
      requests.repeated(Operation.LIST, 0, client -> client.list(first));
    } catch (CallFailure e) {
      throw whenOpening.of("cannot list objects", PERMISSION, e);
    }
  }

  private PageRequest request(String prefix, boolean folders, String afterKey, int limit) {
    if (limit < 1) {
      throw ElacsymException.invalid("limit is " + limit + ", expected at least 1");
    }
    return new PageRequest(
        keys.prefix() + prefix, folders, new Start.AfterKey(afterKey), Math.min(limit, PAGE));
  }

  private <T> List<T> found(PageRequest first, int limit, Function<Page, List<T>> ours)
      throws CallFailure {
    List<T> found = new ArrayList<>();
    PageRequest asked = first;
    while (true) {
      PageRequest request = asked;
      Page page = requests.repeated(Operation.LIST, 0, client -> client.list(request));
      List<T> some = ours.apply(page);
      found.addAll(some);
      if (found.size() >= limit || page.next().isEmpty()) {
        return List.copyOf(found.subList(0, Math.min(limit, found.size())));
      }
      // The page had fewer of our objects than it could have: keys of other programs fill it, and
      // perhaps many more pages. So the next page is as large as possible: with a limit of 1, each
      // foreign key would cost a request otherwise.
      int wanted = some.size() < request.limit() ? PAGE : Math.min(limit - found.size(), PAGE);
      asked =
          new PageRequest(
              request.prefix(), request.folders(), new Start.Continued(page.next().get()), wanted);
    }
  }

  private List<ObjectInfo> objectsOf(Page page) {
    return page.objects().stream()
        .flatMap(entry -> keys.name(entry.key()).map(entry.facts()::named).stream())
        .toList();
  }

  private List<String> foldersOf(Page page) {
    return page.folders().stream()
        .map(folder -> folder.substring(0, folder.length() - 1))
        .map(keys::name)
        .flatMap(Optional::stream)
        .toList();
  }
}
