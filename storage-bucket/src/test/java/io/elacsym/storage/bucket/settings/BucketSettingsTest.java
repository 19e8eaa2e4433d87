package io.elacsym.storage.bucket.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.Option;
import io.elacsym.api.OptionType;
import io.elacsym.api.Options;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BucketSettingsTest {
  private static final ClientTraits STREAMS = new ClientTraits("a drawer", 5L << 30, false);
  private static final ClientTraits ARRAYS = new ClientTraits("a pocket", 1L << 30, true);

  @Test
  void aBucketOfAmazonIsAddressedByHostAndAStoreWithAnEndpointByPath() {
    assertThat(settings(Map.of()).pathStyle()).isFalse();
    assertThat(settings(Map.of("endpoint", "http://localhost:9000")).pathStyle()).isTrue();
    assertThat(
            settings(Map.of("endpoint", "https://s3.example.com", "path_style", "false"))
                .pathStyle())
        .isFalse();
    assertThat(settings(Map.of("path_style", "true")).pathStyle()).isTrue();
    assertThat(settings(Map.of("endpoint", "")).endpoint()).isEmpty();
  }

  @Test
  void aPrefixEndsWithOneSlash() {
    assertThat(settings(Map.of()).prefix()).isEmpty();
    assertThat(settings(Map.of("prefix", "search/production")).prefix())
        .isEqualTo("search/production/");
    assertThat(settings(Map.of("prefix", "search/")).prefix()).isEqualTo("search/");
  }

  @Test
  void largeBodiesGetMoreTime() {
    BucketSettings settings =
        settings(Map.of("attempt_timeout", "10s", "request_timeout", "1m", "max_attempts", "3"));
    assertThat(settings.attemptTimeout(100)).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.attemptTimeout(20 << 20)).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.requestTimeout(20 << 20)).isEqualTo(Duration.ofMinutes(2));
  }

  @ParameterizedTest
  @CsvSource({
    "bucket, Upper, 'a-z, 0-9'",
    "bucket, a, 3 to 63",
    "bucket, a..b, beside another",
    "bucket, a.-b, beside a '-'",
    "bucket, 192.168.0.1, no IP address",
    "bucket, vectors--use1-az4--x-s3, directory bucket",
    "region, 'us west', us-west-2",
    "endpoint, localhost:9000, http://localhost:9000",
    "endpoint, ftp://localhost, http://localhost:9000",
    "endpoint, http://, http://localhost:9000",
    "endpoint, http://user@host/, http://localhost:9000",
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
    "multipart_threshold, 1MB, 5MB to 5GB",
    "part_size, 6GB, 5MB to 5GB",
  })
  void anOptionThatCannotWorkIsRefusedWithWhatWasExpected(
      String key, String value, String expected) {
    assertThatThrownBy(() -> settings(Map.of(key, value)))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_REQUEST))
        .hasMessageContaining(key)
        .hasMessageContaining(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a-b.c", "0.1.2.x", "a.192.168.0.1", "abc"})
  void anyNameThatS3AllowsIsOne(String bucket) {
    assertThat(settings(Map.of("bucket", bucket)).bucket()).isEqualTo(bucket);
  }

  @Test
  void secretsAreNotPrinted() {
    BucketSettings settings =
        settings(Map.of("access_key_id", "AKIA", "secret_access_key", "do-not-tell"));
    assertThat(settings.toString()).doesNotContain("do-not-tell", "AKIA");
  }

  @Test
  void aClientSaysWhereItsCredentialsComeFromAndHowLargeAPartMayBe() {
    assertThat(docs(ARRAYS))
        .containsEntry("access_key_id", "Access key; without it credentials come from a pocket.")
        .containsEntry(
            "part_size",
            "Size of a part; four parts of an object are in memory at a time. From 5MB to 1GB.");
    assertThat(docs(STREAMS)).containsEntry("part_size", "Size of a part. From 5MB to 5GB.");
  }

  @Test
  void aStorageAddsOptionsOfItsOwnBehindTheCommonOnes() {
    List<Option> options =
        BucketOptions.of(STREAMS, Option.of("mine", OptionType.FLAG, "true", "Mine."));
    assertThat(options).hasSize(BucketOptions.of(STREAMS).size() + 1);
    assertThat(options.getLast().key()).isEqualTo("mine");
  }

  private static Map<String, String> docs(ClientTraits client) {
    Map<String, String> docs = new HashMap<>();
    BucketOptions.of(client).forEach(option -> docs.put(option.key(), option.meaning()));
    return docs;
  }

  private static BucketSettings settings(Map<String, String> given) {
    Map<String, String> options = new HashMap<>(Map.of("bucket", "docs", "region", "us-west-2"));
    options.putAll(given);
    return BucketSettings.of(Options.of("", BucketOptions.of(STREAMS), options));
  }
}
