package io.elacsym.storage.s3;

import io.elacsym.storage.bucket.settings.Keys;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The configured keys, or what the SDK's default chain finds. Some links of the chain look up
 * classes by the context class loader, which is the plugin's own only while the provider opens.
 */
final class CredentialsChain implements AwsCredentialsProvider, SdkAutoCloseable {
  private final AwsCredentialsProvider provider;

  /** There are no credentials; nothing was sent. */
  static final class Missing extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Missing(SdkException cause) {
      super(cause.getMessage(), cause);
    }
  }

  CredentialsChain(AwsCredentialsProvider provider) {
    this.provider = provider;
  }

  static CredentialsChain of(Optional<Keys> configured) {
    return new CredentialsChain(
        configured
            .<AwsCredentialsProvider>map(keys ->
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(keys.accessKeyId(), keys.secretAccessKey())))
            .orElseGet(() -> DefaultCredentialsProvider.builder().build()));
  }

  @Override
  public AwsCredentials resolveCredentials() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(CredentialsChain.class.getClassLoader());
    try {
      return provider.resolveCredentials();
    } catch (SdkException e) {
      throw new Missing(e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Override
  public void close() {
    if (provider instanceof SdkAutoCloseable closeable) {
      closeable.close();
    }
  }
}
