package io.elacsym.storage.minio;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Why a request has no result. What is known of it decides what may be done next. */
abstract sealed class CallFailure extends IOException {
  private static final long serialVersionUID = 1L;

  private CallFailure(String message) {
    super(message);
  }

  private CallFailure(String message, Throwable cause) {
    super(message, cause);
  }

  /** The store answered with an error. */
  static final class Refused extends CallFailure {
    private static final long serialVersionUID = 1L;

    /** Such as {@code SlowDown} or {@code kms:KeyNotFound}. */
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9:._]{1,64}");

    private final int status;
    private final String code;
    private final String words;
    private final Optional<String> region;

    /**
     * @param status of HTTP; a success when the error came in the body of the answer
     * @param code of S3, such as {@code NoSuchKey}; empty when the answer had none
     * @param words the store's text, which may name users, buckets, keys and hosts, and the
     *     request's id, which the store's support asks for
     * @param region where the bucket is, if the answer tells
     */
    Refused(int status, String code, String words, Optional<String> region) {
      super("status " + status + (code.isEmpty() ? "" : " " + code) + ": " + words);
      this.status = status;
      this.code = code;
      this.words = words;
      this.region = region;
    }

    int status() {
      return status;
    }

    String code() {
      return code;
    }

    Optional<String> region() {
      return region;
    }

    /**
     * Status and code, which are for everybody: they are numbers and words of S3's own. What else
     * the store puts in the place of a code is not shown.
     */
    String said() {
      return CODE.matcher(code).matches() ? "status " + status + " " + code : "status " + status;
    }

    /** What the store says besides, for operators only. */
    String words() {
      return words;
    }
  }

  /** No answer came, or one that is not whole or makes no sense. */
  static final class Broken extends CallFailure {
    private static final long serialVersionUID = 1L;

    private final Throwable reason;
    private final boolean sent;

    /**
     * @param sent whether the store may have seen the request
     */
    Broken(boolean sent, Throwable reason) {
      super(reason.toString(), reason);
      this.reason = reason;
      this.sent = sent;
    }

    Throwable reason() {
      return reason;
    }

    boolean sent() {
      return sent;
    }
  }

  /** There are no credentials to sign the request with. Nothing was sent. */
  static final class NoCredentials extends CallFailure {
    private static final long serialVersionUID = 1L;

    NoCredentials(Throwable cause) {
      super(String.valueOf(cause.getMessage()), cause);
    }
  }
}
