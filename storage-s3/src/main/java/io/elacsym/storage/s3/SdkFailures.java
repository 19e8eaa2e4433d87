package io.elacsym.storage.s3;

import io.elacsym.storage.bucket.client.CallFailure;
import io.elacsym.storage.bucket.client.CallFailure.Broken;
import io.elacsym.storage.bucket.client.CallFailure.NoCredentials;
import io.elacsym.storage.bucket.client.CallFailure.Refused;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Reads out of the SDK's exceptions what the store says, or why it says nothing. */
final class SdkFailures {
  private static final int LONGEST_TEXT = 1000;

  private SdkFailures() {}

  /** Why a call of the SDK has thrown. */
  static CallFailure of(RuntimeException failure, Sending sending) {
    if (failure instanceof S3Exception answer) {
      return refused(answer);
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CallFailure known) {
        return known;
      }
      if (cause instanceof CredentialsChain.Missing) {
        return new NoCredentials(cause);
      }
    }
    return new Broken(sending.started(), failure);
  }

  /** The store answered with an error. */
  private static Refused refused(S3Exception answer) {
    Optional<AwsErrorDetails> details = Optional.ofNullable(answer.awsErrorDetails());
    Optional<SdkHttpResponse> head = details.map(AwsErrorDetails::sdkHttpResponse);
    return new Refused(
        answer.statusCode(),
        // An answer to HEAD has no body, and the SDK calls each 404 a missing key. MinIO says it
        // here.
        head.flatMap(known -> known.firstMatchingHeader("X-Minio-Error-Code"))
            .or(() -> details.map(AwsErrorDetails::errorCode))
            .orElse(""),
        words(
            details
                .map(AwsErrorDetails::errorMessage)
                .or(() -> details.map(AwsErrorDetails::rawResponse).map(SdkBytes::asUtf8String)),
            answer.requestId()),
        head.flatMap(known -> known.firstMatchingHeader("x-amz-bucket-region")));
  }

  /** What the store says of one object, in an answer that is a success as a whole. */
  static Refused within(int status, S3Error error) {
    return new Refused(
        status,
        Optional.ofNullable(error.code()).orElse(""),
        "'" + error.key() + "': " + words(Optional.ofNullable(error.message()), null),
        Optional.empty());
  }

  private static String words(Optional<String> message, @Nullable String requestId) {
    String told = message.flatMap(text -> text.strip().lines().findFirst()).orElse("");
    String shown = told.length() <= LONGEST_TEXT ? told : told.substring(0, LONGEST_TEXT) + "...";
    return (shown.isEmpty() ? "nothing" : shown)
        + (requestId == null ? "" : ", request " + requestId);
  }
}
