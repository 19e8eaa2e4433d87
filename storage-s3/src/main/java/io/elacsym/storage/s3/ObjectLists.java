package io.elacsym.storage.s3;

import io.elacsym.api.storage.ObjectInfo;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Lists objects, page by page. */
final class ObjectLists {
  private static final String PERMISSION = "s3:ListBucket";

  /** The most that one answer has. */
  private static final int PAGE = 1000;

  private final S3Clients clients;
  private final S3Settings settings;
  private final ObjectKeys keys;
  private final Failures failures;

  ObjectLists(S3Clients clients, S3Settings settings, ObjectKeys keys, Failures failures) {
    this.clients = clients;
    this.settings = settings;
    this.keys = keys;
    this.failures = failures;
  }

  /** The cheapest request that says whether endpoint, region, credentials and bucket are right. */
  static void look(S3Clients clients, S3Settings settings, Failures failures) {
    try {
      clients.call(client ->
          client.listObjectsV2(
              request -> request.bucket(settings.bucket()).prefix(settings.prefix()).maxKeys(1)));
    } catch (RuntimeException e) {
      throw failures.of("cannot list objects", PERMISSION, e);
    }
  }

  List<ObjectInfo> list(String prefix, String after, int limit) {
    ListObjectsV2Request.Builder request =
        ListObjectsV2Request.builder()
            .bucket(settings.bucket())
            .prefix(keys.prefix() + prefix)
            .maxKeys(Math.min(limit, PAGE));
    if (!after.isEmpty()) {
      request.startAfter(keys.prefix() + after);
    }
    List<ObjectInfo> found = new ArrayList<>();
    try {
      ListObjectsV2Response page;
      do {
        ListObjectsV2Request next = request.build();
        page = clients.call(client -> client.listObjectsV2(next));
        page.contents().forEach(object -> add(object, limit, found));
        request.continuationToken(page.nextContinuationToken());
      } while (Boolean.TRUE.equals(page.isTruncated()) && found.size() < limit);
      return found;
    } catch (RuntimeException e) {
      throw failures.of("cannot list objects '" + prefix + "*'", PERMISSION, e);
    }
  }

  private void add(S3Object object, int limit, List<ObjectInfo> found) {
    if (found.size() < limit) {
      keys.name(object.key())
          .map(name -> ObjectReads.info(name, object.size(), object.eTag(), object.lastModified()))
          .ifPresent(found::add);
    }
  }
}
