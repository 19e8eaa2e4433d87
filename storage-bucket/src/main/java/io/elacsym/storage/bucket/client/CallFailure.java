package io.elacsym.storage.bucket.client;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** Why a request has no result. What is known of it decides what may be done next. */
public abstract sealed class CallFailure extends IOException {
  private static final long serialVersionUID = 1L;

  private CallFailure(String message) {
    super(message);
  }

  private CallFailure(String message, Throwable cause) {
    super(message, cause);
  }

  /** The store answered with an error. */
  public static final class Refused extends CallFailure {
    private static final long serialVersionUID = 1L;

    /**
     * What a code may look like, such as {@code SlowDown}, {@code kms:KeyNotFound} or {@code
     * KMS.DisabledException}. Anything else in its place is text of the store and is not shown to
     * everybody.
     */
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
    public Refused(int status, String code, String words, Optional<String> region) {
      super("status " + status + (code.isEmpty() ? "" : " " + code) + ": " + words);
      this.status = status;
      this.code = code;
      this.words = words;
      this.region = region;
    }

    public int status() {
      return status;
    }

    public String code() {
      return code;
    }

    public Optional<String> region() {
      return region;
    }

    /**
     * Status and code, which are for everybody: they are numbers and words of S3's own. What else
     * the store puts in the place of a code is not shown.
     */
    public String said() {
      return CODE.matcher(code).matches() ? "status " + status + " " + code : "status " + status;
    }

    /** What the store says besides, for operators only. */
    public String words() {
      return words;
    }
  }

  /** No answer came, or one that is not whole or makes no sense. */
  public static final class Broken extends CallFailure {
    private static final long serialVersionUID = 1L;

    private final Throwable reason;
    private final boolean sent;

    /**
     * @param sent whether the store may have seen the request
     */
    public Broken(boolean sent, Throwable reason) {
      super(reason.toString(), reason);
      this.reason = reason;
      this.sent = sent;
    }

    public Throwable reason() {
      return reason;
    }

    public boolean sent() {
      return sent;
    }
  }

  /** There are no credentials to sign the request with. Nothing was sent. */
  public static final class NoCredentials extends CallFailure {
    private static final long serialVersionUID = 1L;

    public NoCredentials(Throwable cause) {
      super(String.valueOf(cause.getMessage()), cause);
    }
  }

  /** The time in which the request may have its effect is over. Nothing was sent. */
  public static final class TooLate extends CallFailure {
    private static final long serialVersionUID = 1L;

    TooLate(Instant deadline) {
      super("the time for it, until " + deadline + ", is over");
    }
  }

  /** What was asked for is more than can be held in memory at once. It was not read. */
  public static final class TooLarge extends CallFailure {
    private static final long serialVersionUID = 1L;

    TooLarge(long bytes, long most) {
      super("it has " + bytes + " bytes, expected at most " + most);
    }
  }
}
