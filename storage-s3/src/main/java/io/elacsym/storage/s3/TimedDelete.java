package io.elacsym.storage.s3;

import io.elacsym.storage.bucket.client.CallFailure;
import io.elacsym.storage.bucket.client.CallFailure.Broken;
import io.elacsym.storage.bucket.client.CallFailure.Refused;
import io.elacsym.storage.bucket.client.SignatureLife;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.presigner.model.PresignedDeleteObjectRequest;

/**
 * A delete whose signature has an end. The SDK signs it as an address for others to use, and
 * neither sends it nor reads the answer, so both are done here.
 */
final class TimedDelete {
  private static final Pattern CODE = Pattern.compile("<Code>([^<]*)</Code>");
  private static final Pattern MESSAGE = Pattern.compile("<Message>([^<]*)</Message>");
  private static final int LONGEST_BODY = 64 << 10;

  private final Connection connection;
  private final String bucket;
  private final String key;

  TimedDelete(Connection connection, String bucket, String key) {
    this.connection = connection;
    this.bucket = bucket;
    this.key = key;
  }

  void send(SignatureLife life) throws CallFailure {
    HttpExecuteRequest request = signed(life);
    HttpExecuteResponse answer;
    String body;
    try {
      answer = connection.http().prepareRequest(request).call();
      body = body(answer);
    } catch (IOException e) {
      throw new Broken(!Sending.neverConnected(e), e);
    }
    if (!answer.httpResponse().isSuccessful()) {
      throw refused(answer.httpResponse(), body);
    }
  }

  private HttpExecuteRequest signed(SignatureLife life) throws CallFailure {
    PresignedDeleteObjectRequest signed;
    try {
      signed =
          connection.signed(presigner ->
              presigner.presignDeleteObject(request ->
                  request
                      .signatureDuration(Duration.ofSeconds(life.seconds()))
                      .deleteObjectRequest(delete -> delete.bucket(bucket).key(key))));
    } catch (RuntimeException e) {
      throw SdkFailures.of(e, new Sending());
    }
    life.check();
    return HttpExecuteRequest.builder().request(signed.httpRequest()).build();
  }

  /**
   * The body of the answer. It is read to its end, because only then the connection can be used
   * again. A body that is longer than any real answer is cut off.
   */
  private static String body(HttpExecuteResponse answer) throws IOException {
    if (answer.responseBody().isEmpty()) {
      return "";
    }
    try (InputStream body = answer.responseBody().get()) {
      return new String(body.readNBytes(LONGEST_BODY), StandardCharsets.UTF_8);
    }
  }

  private static Refused refused(SdkHttpResponse answer, String body) {
    return new Refused(
        answer.statusCode(),
        first(CODE, body).orElse(""),
        first(MESSAGE, body).orElse("nothing")
            + answer
                .firstMatchingHeader("x-amz-request-id")
                .map(id -> ", request " + id)
                .orElse(""),
        answer.firstMatchingHeader("x-amz-bucket-region"));
  }

  private static Optional<String> first(Pattern pattern, String body) {
    Matcher matcher = pattern.matcher(body);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
