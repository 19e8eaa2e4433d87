package io.elacsym.storage.minio;

import io.elacsym.storage.bucket.settings.Keys;
import io.minio.credentials.AwsConfigProvider;
import io.minio.credentials.AwsEnvironmentProvider;
import io.minio.credentials.ChainedProvider;
import io.minio.credentials.IamAwsProvider;
import io.minio.credentials.MinioClientConfigProvider;
import io.minio.credentials.MinioEnvironmentProvider;
import io.minio.credentials.Provider;
import io.minio.credentials.StaticProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import okhttp3.OkHttpClient;

/** The configured keys, or what the client's providers find in the usual places. */
final class CredentialsChain {
  /** A machine outside of a cloud has no metadata service, and should learn that soon. */
  private static final Duration METADATA_TIMEOUT = Duration.ofSeconds(3);

  private CredentialsChain() {}

  static Provider of(Optional<Keys> configured, OkHttpClient http) {
    return configured
        .<Provider>map(keys -> new StaticProvider(keys.accessKeyId(), keys.secretAccessKey(), null))
        .orElseGet(() -> usual(http));
  }

  private static Provider usual(OkHttpClient http) {
    List<Provider> providers = new ArrayList<>();
    providers.add(new AwsEnvironmentProvider());
    providers.add(new MinioEnvironmentProvider());
    providers.add(new AwsConfigProvider(null, null));
    if (System.getenv("MINIO_ALIAS") != null) {
      // Without the variable the provider takes the alias "s3", with which mc's configuration
      // begins and whose keys are only placeholders.
      providers.add(new MinioClientConfigProvider(null, null));
    }
    OkHttpClient metadata = http.newBuilder().callTimeout(METADATA_TIMEOUT).build();
    providers.add(new IamAwsProvider(null, metadata));
    return new ChainedProvider(providers.toArray(Provider[]::new));
  }
}
