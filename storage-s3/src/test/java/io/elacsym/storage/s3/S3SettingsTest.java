package io.elacsym.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.Options;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3SettingsTest {
  @Test
  void checksumsAreLeftOutOnlyWhenTold() {
    assertThat(settings(Map.of()).checksumsAlways()).isTrue();
    assertThat(settings(Map.of("checksums", "when_required")).checksumsAlways()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "bucket, Upper, 'a-z, 0-9'",
    "bucket, a, 3 to 63",
    "bucket, vectors--use1-az4--x-s3, directory bucket",
    "region, 'us west', us-west-2",
    "endpoint, localhost:9000, http://localhost:9000",
    "endpoint, ftp://localhost, http://localhost:9000",
    "endpoint, http://user@host/, http://localhost:9000",
    "prefix, /a, single slashes",
    "prefix, a//b, single slashes",
    "prefix, a/../b, single slashes",
    "prefix, 'a b', single slashes",
    "sse, aes256, 'none, sse-s3 or sse-kms'",
    "sse_kms_key_id, key, set sse to sse-kms",
    "access_key_id, only, secret_access_key is missing",
    "secret_access_key, only, access_key_id is missing",
    "attempt_timeout, 10ms, 100ms to 1h",
    "request_timeout, 1s, 'at least attempt_timeout, which is 30s'",
    "max_attempts, 0, 1 to 20",
    "max_connections, 0, 1 to 10000",
    "multipart_threshold, 1MB, 5MB to 5GB",
    "part_size, 6GB, 5MB to 5GB",
    "checksums, never, when_supported or when_required",
  })
  void anOptionThatCannotWorkIsRefusedWithWhatWasExpected(
      String key, String value, String expected) {
    assertThatThrownBy(() -> settings(Map.of(key, value)))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_REQUEST))
        .hasMessageContaining(key)
        .hasMessageContaining(expected);
  }

  private static S3Settings settings(Map<String, String> given) {
    Map<String, String> options = new HashMap<>(Map.of("bucket", "docs", "region", "us-west-2"));
    options.putAll(given);
    return S3Settings.of(Options.of("", S3Settings.OPTIONS, options));
  }
}
