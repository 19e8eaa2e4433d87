package io.elacsym.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.Options;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** Whoever fetches credentials anew while the storage is open must not be closed before it. */
class LentCredentialsTest {
  private static final class Closeable implements AwsCredentialsProvider, SdkAutoCloseable {
    private final AtomicInteger closed = new AtomicInteger();

    @Override
    public AwsCredentials resolveCredentials() {
      return AwsBasicCredentials.create("key", "secret");
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }

  @Test
  void signingLeavesThemOpen() {
    S3Settings settings =
        S3Settings.of(
            Options.of("", S3Settings.OPTIONS, Map.of("bucket", "books", "region", "us-east-1")));
    Closeable provider = new Closeable();
    try (Connection connection = new Connection(settings, new CredentialsChain(provider))) {
      String signed =
          connection.signed(presigner ->
              presigner
                  .presignDeleteObject(request ->
                      request
                          .signatureDuration(Duration.ofMinutes(1))
                          .deleteObjectRequest(delete -> delete.bucket("books").key("a")))
                  .url()
                  .getHost());
      assertThat(signed).startsWith("books.");
      assertThat(provider.closed).hasValue(0);
    }
    assertThat(provider.closed).hasPositiveValue();
  }
}
