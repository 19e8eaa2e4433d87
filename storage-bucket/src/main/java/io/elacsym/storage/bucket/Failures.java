package io.elacsym.storage.bucket;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.storage.bucket.client.CallFailure;
import io.elacsym.storage.bucket.client.CallFailure.Broken;
import io.elacsym.storage.bucket.client.CallFailure.NoCredentials;
import io.elacsym.storage.bucket.client.CallFailure.Refused;
import io.elacsym.storage.bucket.client.CallFailure.TooLarge;
import io.elacsym.storage.bucket.client.CallFailure.TooLate;
import io.elacsym.storage.bucket.settings.BucketSettings;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/**
 * Turns what the store says into what an operator should do. Clients over a network read the
 * message, so nothing of the store's text is in it; that is in the detail.
 *
 * @param settings of the bucket
 * @param misconfigured the kind of what only another configuration or policy cures: a bad request
 *     when the storage is opened, something that cannot be reached when it worked before
 */
record Failures(BucketSettings settings, ErrorKind misconfigured) {

  /**
   * The failure of a call.
   *
   * @param action such as {@code cannot read object 'a/b'}
   * @param permission what the policy must allow for it, such as {@code s3:GetObject}
   */
  ElacsymException of(String action, String permission, CallFailure failure) {
    Reason reason =
        switch (failure) {
          case Refused refused ->
              refused(permission, refused).with("the store says: " + refused.words());
          case Broken broken -> broken(broken);
          case NoCredentials none ->
              misconfigured(
                      "there are no credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in"
                          + " the environment, or give this machine a role")
                  .with(String.valueOf(none.getMessage()));
          case TooLate late -> unavailable(String.valueOf(late.getMessage()));
          case TooLarge large ->
              new Reason(ErrorKind.TOO_LARGE, large.getMessage() + "; read it in smaller ranges");
        };
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
      return new Reason(kind, text, detail.isEmpty() ? more : detail + "; " + more);
    }
  }

  private Reason refused(String permission, Refused refused) {
    return switch (refused.code()) {
      case "NoSuchBucket", "InvalidBucketName" ->
          misconfigured("there is no such bucket; create it, or correct the option bucket");
      case "PermanentRedirect",
          "TemporaryRedirect",
          "AuthorizationHeaderMalformed",
          "IllegalLocationConstraintException",
          "IncorrectEndpoint" ->
          wrongRegion(refused);
      case "InvalidAccessKeyId" ->
          misconfigured("the access key is unknown to the store; correct it");
      case "SignatureDoesNotMatch" ->
          misconfigured("the secret does not belong to the access key; correct it");
      case "ExpiredToken", "ExpiredTokenException", "InvalidToken", "TokenRefreshRequired" ->
          misconfigured(
              "the credentials have expired or are invalid (" + refused.code() + "); renew them");
      case "RequestTimeTooSkewed" ->
          misconfigured("this machine's clock differs too much from the store's; set it");
      case "KeyTooLongError", "XMinioInvalidObjectName" ->
          new Reason(
              ErrorKind.INVALID_REQUEST,
              "the store cannot have this name (" + refused.said() + ")");
      case "ConditionalRequestConflict", "OperationAborted" ->
          unavailable("too many others write it at the same time (" + refused.said() + ")");
      case "AccessDenied" -> forbidden(permission, refused);
      case "EntityTooLarge" -> tooLarge(refused);
      default -> byStatus(permission, refused);
    };
  }

  private Reason byStatus(String permission, Refused refused) {
    if (refused.code().toLowerCase(Locale.ROOT).startsWith("kms")) { // MinIO: kms:KeyNotFound
      return misconfigured(
          "encryption is refused (" + refused.said() + "); correct sse and sse_kms_key_id");
    }
    return switch (refused.status()) {
      case 301, 307 -> wrongRegion(refused);
      case 401, 403 -> forbidden(permission, refused);
      case 404 ->
          misconfigured(
              "what answers does not know the bucket, or is no S3 store ("
                  + refused.said()
                  + "); correct the options bucket and endpoint");
      case 413 -> tooLarge(refused);
      case 429, 503 ->
          new Reason(
              ErrorKind.OVERLOADED,
              "the store has too much to do (" + refused.said() + "); it is asked again later");
      case 501 ->
          misconfigured(
              "the store does not implement this ("
                  + refused.said()
                  + "); use another store, or a newer version of it");
      case 507 -> unavailable("the store has no space left (" + refused.said() + "); add some");
      default ->
          Passing.mayPass(refused) || refused.status() >= 500
              ? unavailable("the store has failed: " + refused.said())
              : misconfigured("the store refuses this: " + refused.said());
    };
  }

  private Reason wrongRegion(Refused refused) {
    String there =
        refused.region().map(region -> "the bucket is in region " + region + ", but ").orElse("");
    return misconfigured("the bucket is in another region (" + refused.said() + "); correct region")
        .with(there + "the option region is " + settings.region());
  }

  private Reason forbidden(String permission, Refused refused) {
    String arn = "arn:aws:s3:::" + settings.bucket();
    String resource =
        permission.equals("s3:ListBucket") ? arn : arn + "/" + settings.prefix() + "*";
    return misconfigured(
            "the store forbids it ("
                + refused.said()
                + "); the policy of these credentials must allow "
                + permission)
        .with(permission + " on " + resource);
  }

  private static Reason broken(Broken broken) {
    for (Throwable cause = broken.reason(); cause != null; cause = cause.getCause()) {
      String told = String.valueOf(cause.getMessage());
      switch (cause) {
        case InterruptedException e -> {
          return unavailable("interrupted");
        }
        case UnknownHostException e -> {
          return unavailable(
                  "the store's host is unknown; check the options endpoint, region and path_style,"
                      + " and the network")
              .with(told);
        }
        case SSLException e when !broken.sent() -> {
          return unavailable(
                  "no secure connection; check whether the option endpoint must start with http://,"
                      + " and whether this machine trusts the store's certificate")
              .with(told);
        }
        case IOException e when !broken.sent() -> {
          return unavailable(
                  "no connection; check that the store runs and the option endpoint is right")
              .with(told);
        }
        default -> {} // the client wraps other exceptions around the real cause
      }
    }
    return broken.sent()
        ? unavailable("no whole answer came").with(String.valueOf(broken.getMessage()))
        : new Reason( // no network is to blame: this is a bug
            ErrorKind.INTERNAL, "the request could not be made", broken.reason().toString());
  }

  private Reason misconfigured(String text) {
    return new Reason(misconfigured, text);
  }

  private static Reason tooLarge(Refused refused) {
    return new Reason(
        ErrorKind.TOO_LARGE, "it is larger than the store takes (" + refused.said() + ")");
  }

  private static Reason unavailable(String text) {
    return new Reason(ErrorKind.UNAVAILABLE, text);
  }
}
