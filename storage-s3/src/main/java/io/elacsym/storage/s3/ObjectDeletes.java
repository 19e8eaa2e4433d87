package io.elacsym.storage.s3;

import java.util.List;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
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
    List<String> doomed = names.stream().distinct().toList();
    doomed.forEach(keys::key); // all names are checked before anything is deleted
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

  private void deleteOne(String name) {
    clients.call(client ->
        client.deleteObject(request -> request.bucket(settings.bucket()).key(keys.key(name))));
  }

  private void deleteAtOnce(List<String> batch) {
    List<ObjectIdentifier> objects =
        batch.stream().map(name -> ObjectIdentifier.builder().key(keys.key(name)).build()).toList();
    DeleteObjectsResponse answer =
        clients.call(client ->
            client.deleteObjects(request ->
                request
                    .bucket(settings.bucket())
                    .delete(delete -> delete.objects(objects).quiet(true))));
    List<S3Error> errors =
        answer.errors().stream().filter(error -> !"NoSuchKey".equals(error.code())).toList();
    if (!errors.isEmpty()) {
      throw failures.of(
          "cannot delete " + errors.size() + " of " + batch.size() + " objects",
          PERMISSION,
          refusal(answer, errors.getFirst()));
    }
  }

  /** What the store says of one object, in an answer that is a success as a whole. */
  private static S3Exception refusal(DeleteObjectsResponse answer, S3Error error) {
    return (S3Exception)
        S3Exception.builder()
            .statusCode(answer.sdkHttpResponse().statusCode())
            .requestId(answer.responseMetadata().requestId())
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .errorCode(error.code())
                    .errorMessage("'" + error.key() + "': " + error.message())
                    .build())
            .build();
  }
}
