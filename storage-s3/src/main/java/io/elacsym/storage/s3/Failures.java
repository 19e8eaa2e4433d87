package io.elacsym.storage.s3;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Turns what the SDK says into what an operator should do. Clients over a network read the message,
 * so nothing of the store's text is in it; that is in the detail.
 *
 * @param settings of the bucket
 * @param misconfigured the kind of what only another configuration or policy cures: a bad request
 *     when the storage is opened, something that cannot be reached when it worked before
 */
record Failures(S3Settings settings, ErrorKind misconfigured) {
  /** Such as {@code SlowDown}, {@code kms:KeyNotFound} or {@code KMS.DisabledException}. */
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9:._]{1,64}");

  /**
   * The failure of a call.
   *
   * @param action such as {@code cannot read object 'a/b'}
   * @param permission what the policy must allow for it, such as {@code s3:GetObject}
   */
  ElacsymException of(String action, String permission, RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ElacsymException known) {
        return known;
      }
    }
    Reason reason =
        failure instanceof S3Exception answer
            ? answered(permission, answer).with(words(answer))
            : unanswered(failure);
    return ElacsymException.withDetail(
        reason.kind(),
        action + ": " + reason.text(),
        reason.detail().isEmpty() ? settings.place() : settings.place() + ": " + reason.detail(),
        failure);
  }

  /**
   * Why it failed.
   *
   * @param text for everybody
   * @param detail for operators; may be empty
   */
  private record Reason(ErrorKind kind, String text, String detail) {
    Reason(ErrorKind kind, String text) {
      this(kind, text, "");
    }

    Reason with(String more) {
      String both = detail.isEmpty() || more.isEmpty() ? detail + more : detail + "; " + more;
      return new Reason(kind, text, both);
    }
  }

  private Reason answered(String permission, S3Exception answer) {
    int status = answer.statusCode();
    String code = PutVerdict.code(answer);
    return switch (code) {
      case "NoSuchBucket", "InvalidBucketName" ->
          misconfigured("there is no such bucket; create it, or correct the option bucket");
      case "PermanentRedirect",
          "TemporaryRedirect",
          "AuthorizationHeaderMalformed",
          "IllegalLocationConstraintException",
          "IncorrectEndpoint" ->
          wrongRegion(answer);
      case "InvalidAccessKeyId" ->
          misconfigured("the access key is unknown to the store; correct it");
      case "SignatureDoesNotMatch" ->
          misconfigured("the secret does not belong to the access key; correct it");
      case "ExpiredToken", "ExpiredTokenException", "InvalidToken", "TokenRefreshRequired" ->
          misconfigured("the credentials have expired or are invalid (" + code + "); renew them");
      case "RequestTimeTooSkewed" ->
          misconfigured("this machine's clock differs too much from the store's; set it");
      case "ConditionalRequestConflict", "OperationAborted" ->
          unavailable("too many others write it at the same time (" + said(answer) + ")");
      case "AccessDenied" -> forbidden(permission, answer);
      case "EntityTooLarge" -> tooLarge(answer);
      default -> byStatus(permission, answer, status, code);
    };
  }

  private Reason byStatus(String permission, S3Exception answer, int status, String code) {
    if (code.toLowerCase(Locale.ROOT).startsWith("kms")) { // MinIO: kms:KeyNotFound
      return misconfigured(
          "encryption is refused (" + said(answer) + "); correct sse and sse_kms_key_id");
    }
    return switch (status) {
      case 301, 307 -> wrongRegion(answer);
      case 401, 403 -> forbidden(permission, answer);
      case 404 ->
          misconfigured(
              "what answers does not know the bucket, or is no S3 store ("
                  + said(answer)
                  + "); correct the options bucket and endpoint");
      case 413 -> tooLarge(answer);
      case 429, 503 ->
          new Reason(
              ErrorKind.OVERLOADED,
              "the store has too much to do (" + said(answer) + "); it is asked again later");
      case 501 ->
          misconfigured(
              "the store does not implement this ("
                  + said(answer)
                  + "); use another store, or a newer version of it");
      case 507 -> unavailable("the store has no space left (" + said(answer) + "); add some");
      default ->
          status >= 500
              ? new Reason(ErrorKind.UNAVAILABLE, "the store has failed: " + said(answer))
              : misconfigured("the store refuses this: " + said(answer));
    };
  }

  private Reason wrongRegion(S3Exception answer) {
    String there =
        Optional.ofNullable(answer.awsErrorDetails())
            .map(details -> details.sdkHttpResponse())
            .flatMap(response -> response.firstMatchingHeader("x-amz-bucket-region"))
            .map(region -> "the bucket is in region " + region + ", but ")
            .orElse("");
    return misconfigured("the bucket is in another region (" + said(answer) + "); correct region")
        .with(there + "the option region is " + settings.region());
  }

  private Reason forbidden(String permission, S3Exception answer) {
    return misconfigured(
            "the store forbids it ("
                + said(answer)
                + "); the policy of these credentials must allow "
                + permission)
        .with(permission + " on " + resource(permission));
  }

  private String resource(String permission) {
    String arn = "arn:aws:s3:::" + settings.bucket();
    return permission.equals("s3:ListBucket") ? arn : arn + "/" + settings.prefix() + "*";
  }

  private Reason unanswered(RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CredentialsChain.Missing) {
        return misconfigured(
                "there are no credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the"
                    + " environment, or give this machine a role")
            .with(firstLine(cause.getMessage()));
      }
      if (cause instanceof UnknownHostException) {
        return unavailable(
                "the store's host is unknown; check the options endpoint, region and path_style,"
                    + " and the network")
            .with(text(cause.getMessage()));
      }
      if (cause instanceof ConnectException) {
        return unavailable(
                "no connection; check that the store runs and the option endpoint is right")
            .with(text(cause.getMessage()));
      }
    }
    return failure instanceof SdkException
        ? unavailable("no whole answer came").with(firstLine(failure.getMessage()))
        : new Reason( // a bug, or a storage closed meanwhile
            ErrorKind.INTERNAL, "the request could not be made", failure.toString());
  }

  private Reason misconfigured(String text) {
    return new Reason(misconfigured, text);
  }

  private static Reason tooLarge(S3Exception answer) {
    return new Reason(
        ErrorKind.TOO_LARGE, "it is larger than the store takes (" + said(answer) + ")");
  }

  private static Reason unavailable(String text) {
    return new Reason(ErrorKind.UNAVAILABLE, text);
  }

  /**
   * Status and code, which are for everybody: they are numbers and words of S3's own. What else the
   * store puts in the place of a code is not shown.
   */
  private static String said(S3Exception answer) {
    String code = PutVerdict.code(answer);
    String status = "status " + answer.statusCode();
    return CODE.matcher(code).matches() ? status + " " + code : status;
  }

  /**
   * The store's text, which may name users, buckets, keys and hosts, and the request's id, which
   * the store's support asks for. For operators only.
   */
  private static String words(S3Exception answer) {
    String message =
        answer.awsErrorDetails() == null ? "" : text(answer.awsErrorDetails().errorMessage());
    String told = message.isBlank() ? "" : "the store says: " + firstLine(message);
    if (answer.requestId() == null) {
      return told;
    }
    return (told.isEmpty() ? "" : told + ", ") + "request " + answer.requestId();
  }

  private static String firstLine(@Nullable String message) {
    return text(message).lines().findFirst().orElse("no reason given").strip();
  }

  private static String text(@Nullable String message) {
    return message == null ? "" : message;
  }
}
