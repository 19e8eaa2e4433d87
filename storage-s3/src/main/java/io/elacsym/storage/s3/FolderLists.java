package io.elacsym.storage.s3;

import io.elacsym.api.ElacsymException;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/** Lists folders, page by page: the store itself passes over what is in them. */
final class FolderLists {
  private static final String PERMISSION = "s3:ListBucket";

  /** The most that one answer has, objects beside the folders included. */
  private static final int PAGE = 1000;

  /** The character behind the slash: a key with it comes after all in a folder. */
  private static final char BEHIND_SLASH = '/' + 1;

  private final S3Clients clients;
  private final S3Settings settings;
  private final ObjectKeys keys;
  private final Failures failures;

  FolderLists(S3Clients clients, S3Settings settings, ObjectKeys keys, Failures failures) {
    this.clients = clients;
    this.settings = settings;
    this.keys = keys;
    this.failures = failures;
  }

  List<String> list(String prefix, String after, int limit) {
    if (limit < 1) {
      throw ElacsymException.invalid("limit is " + limit + ", expected at least 1");
    }
    ListObjectsV2Request.Builder request =
        ListObjectsV2Request.builder()
            .bucket(settings.bucket())
            .prefix(keys.prefix() + prefix)
            .delimiter("/")
            .maxKeys(Math.min(limit, PAGE));
    if (!after.isEmpty()) {
      request.startAfter(keys.prefix() + after + BEHIND_SLASH);
    }
    List<String> found = new ArrayList<>();
    try {
      ListObjectsV2Response page;
      do {
        ListObjectsV2Request next = request.build();
        page = clients.call(client -> client.listObjectsV2(next));
        page.commonPrefixes().stream()
            .map(folder -> folder.prefix().substring(0, folder.prefix().length() - 1))
            .flatMap(folder -> keys.name(folder).stream())
            .limit(limit - found.size())
            .forEach(found::add);
        request.continuationToken(page.nextContinuationToken());
      } while (Boolean.TRUE.equals(page.isTruncated()) && found.size() < limit);
      return found;
    } catch (RuntimeException e) {
      throw failures.of("cannot list folders '" + prefix + "*'", PERMISSION, e);
    }
  }
}
