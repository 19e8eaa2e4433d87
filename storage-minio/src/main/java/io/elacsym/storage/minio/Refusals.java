package io.elacsym.storage.minio;

import io.elacsym.storage.bucket.client.CallFailure.Refused;
import io.minio.Xml;
import io.minio.errors.XmlParserException;
import io.minio.messages.ErrorResponse;
import java.io.IOException;
import java.util.Optional;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Reads what a store says when it refuses a request. */
final class Refusals {
  private static final int LONGEST_BODY = 64 << 10;
  private static final int LONGEST_TEXT = 200;

  private Refusals() {}

  /** An answer with a status of an error. */
  static Refused of(Response response) {
    String body = body(response);
    Optional<ErrorResponse> error = parsed(body);
    // An answer to HEAD has no body. MinIO has headers for it.
    String code =
        error
            .map(ErrorResponse::code)
            .orElse(String.valueOf(response.header("X-Minio-Error-Code", "")));
    String text =
        error
            .map(ErrorResponse::message)
            .orElse(body.isBlank() ? response.message() : firstLine(body));
    return new Refused(
        response.code(),
        code,
        text + request(response.header("x-amz-request-id")),
        Optional.ofNullable(response.header("x-amz-bucket-region")));
  }

  /** An error in the body of an answer with the status of a success. */
  static Refused within(int status, ErrorResponse error) {
    return new Refused(
        status,
        String.valueOf(error.code()),
        object(error.objectName()) + error.message() + request(error.requestId()),
        Optional.empty());
  }

  private static String body(Response response) {
    try {
      return response.peekBody(LONGEST_BODY).string();
    } catch (IOException e) {
      return ""; // cut short; the status has come, and decides
    }
  }

  private static Optional<ErrorResponse> parsed(String body) {
    if (!body.contains("<Error>") && !body.contains("<Error ")) {
      return Optional.empty();
    }
    try {
      return Optional.of(Xml.unmarshal(ErrorResponse.class, body));
    } catch (XmlParserException e) {
      return Optional.empty(); // no XML after all: its text is shown instead
    }
  }

  private static String firstLine(String body) {
    String line = body.strip().lines().findFirst().orElse("");
    return line.length() <= LONGEST_TEXT ? line : line.substring(0, LONGEST_TEXT) + "...";
  }

  private static String object(@Nullable String key) {
    return key == null ? "" : "'" + key + "': ";
  }

  private static String request(@Nullable String id) {
    return id == null ? "" : ", request " + id;
  }
}
