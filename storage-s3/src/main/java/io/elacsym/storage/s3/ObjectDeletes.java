package io.elacsym.storage.s3;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import java.io.IOException;
import java.util.List;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Deletes objects, many with one request where the store can do that. */
final class ObjectDeletes {
  private static final String PERMISSION = "s3:DeleteObject";

  /** The most that one request may name. */
  private static final int BATCH = 1000;

  private final S3Clients clients;
  private final S3Settings settings;
  private final ObjectKeys keys;
  private final Failures failures;
  private volatile boolean oneByOne;

  ObjectDeletes(S3Clients clients, S3Settings settings, ObjectKeys keys, Failures failures) {
    this.clients = clients;
    this.settings = settings;
    this.keys = keys;
    this.failures = failures;
  }

  void delete(List<String> names) {
    clients.checkOpen();
    List<String> doomed = names.stream().map(keys::key).distinct().toList();
    for (int from = 0; from < doomed.size(); from += BATCH) {
      deleteBatch(doomed.subList(from, Math.min(from + BATCH, doomed.size())));
    }
  }

  private void deleteBatch(List<String> batch) {
    try {
      if (!oneByOne && batch.size() > 1) {
        try {
          deleteAtOnce(batch);
          return;
        } catch (S3Exception e) {
          if (e.statusCode() != 405 && e.statusCode() != 501) {
            throw e;
          }
          oneByOne = true; // the store cannot delete many at once
        }
      }
      batch.forEach(this::deleteOne);
    } catch (RuntimeException e) {
      throw failures.of(
          "cannot delete " + batch.size() + " objects, '" + batch.getFirst() + "' first",
          PERMISSION,
          e);
    }
  }

  private void deleteOne(String key) {
    clients.call(
        client -> client.deleteObject(request -> request.bucket(settings.bucket()).key(key)));
  }

  private void deleteAtOnce(List<String> batch) {
    List<ObjectIdentifier> objects =
        batch.stream().map(key -> ObjectIdentifier.builder().key(key).build()).toList();
    DeleteObjectsResponse answer =
        clients.call(client ->
            client.deleteObjects(request ->
                request
                    .bucket(settings.bucket())
                    .delete(delete -> delete.objects(objects).quiet(true))));
    List<S3Error> errors =
        answer.errors().stream().filter(error -> !"NoSuchKey".equals(error.code())).toList();
    if (!errors.isEmpty()) {
      S3Error first = errors.getFirst();
      throw ElacsymException.withDetail(
          ErrorKind.UNAVAILABLE,
          "cannot delete "
              + errors.size()
              + " of "
              + batch.size()
              + " objects, among them '"
              + first.key()
              + "': "
              + first.code()
              + ", "
              + first.message()
              + ("AccessDenied".equals(first.code())
                  ? "; the policy of these credentials must allow " + PERMISSION
                  : ""),
          settings.place(),
          new IOException(first.code()));
    }
  }
}
