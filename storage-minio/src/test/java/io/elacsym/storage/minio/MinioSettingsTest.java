package io.elacsym.storage.minio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.Options;
import io.minio.Http;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MinioSettingsTest {
  @ParameterizedTest
  @CsvSource({
    "us-west-2, '', '', https://docs.s3.us-west-2.amazonaws.com/a/b",
    "us-west-2, '', true, https://s3.us-west-2.amazonaws.com/docs/a/b",
    "cn-north-1, '', '', https://docs.s3.cn-north-1.amazonaws.com.cn/a/b",
    "us-east-1, http://localhost:9000, '', http://localhost:9000/docs/a/b",
    "us-east-1, http://localhost:9000/, '', http://localhost:9000/docs/a/b",
    "us-east-1, https://s3.example.com, false, https://docs.s3.example.com/a/b",
  })
  void aBucketOfAmazonIsAddressedByHostAndAStoreWithAnEndpointByPath(
      String region, String endpoint, String pathStyle, String url) throws Exception {
    Map<String, String> options = new HashMap<>(Map.of("region", region, "endpoint", endpoint));
    if (!pathStyle.isEmpty()) {
      options.put("path_style", pathStyle);
    }
    MinioSettings settings = settings(options);
    assertThat(settings.url().region()).isEqualTo(region);
    assertThat(settings.url().buildUrl(Http.Method.GET, "docs", "a/b", region, null))
        .hasToString(url);
  }

  @ParameterizedTest
  @CsvSource({
    "bucket, Upper, 'a-z, 0-9'",
    "bucket, a, 3 to 63",
    "bucket, vectors--use1-az4--x-s3, directory bucket",
    "region, 'us west', us-west-2",
    "endpoint, localhost:9000, http://localhost:9000",
    "endpoint, ftp://localhost, http://localhost:9000",
    "endpoint, http://localhost/minio, without a path",
    "endpoint, http://, http://localhost:9000",
    "endpoint, http://user@host/, http://localhost:9000",
    "endpoint, https://ec2.us-west-2.amazonaws.com, http://localhost:9000",
    "prefix, /a, single slashes",
    "prefix, a//b, single slashes",
    "prefix, a/../b, single slashes",
    "prefix, 'a b', single slashes",
    "prefix, /, single slashes",
    "sse, aes256, 'none, sse-s3 or sse-kms'",
    "sse_kms_key_id, key, set sse to sse-kms",
    "access_key_id, only, secret_access_key is missing",
    "secret_access_key, only, access_key_id is missing",
    "attempt_timeout, 10ms, 100ms to 1h",
    "request_timeout, 1s, 'at least attempt_timeout, which is 30s'",
    "max_attempts, 0, 1 to 20",
    "max_connections, 0, 1 to 10000",
    "multipart_threshold, 1MB, 5MB to 1GB",
    "part_size, 2GB, 5MB to 1GB",
  })
  void anOptionThatCannotWorkIsRefusedWithWhatWasExpected(
      String key, String value, String expected) {
    assertThatThrownBy(() -> settings(Map.of(key, value)))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_REQUEST))
        .hasMessageContaining(key)
        .hasMessageContaining(expected);
  }

  private static MinioSettings settings(Map<String, String> given) {
    Map<String, String> options = new HashMap<>(Map.of("bucket", "docs", "region", "us-west-2"));
    options.putAll(given);
    return MinioSettings.of(Options.of("", MinioSettings.OPTIONS, options));
  }
}
