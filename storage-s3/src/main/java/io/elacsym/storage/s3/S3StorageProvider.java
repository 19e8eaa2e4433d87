package io.elacsym.storage.s3;

import io.elacsym.api.Option;
import io.elacsym.api.Options;
import io.elacsym.api.PluginContext;
import io.elacsym.api.SpiLevel;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StorageProvider;
import io.elacsym.storage.bucket.BucketStorage;
import java.util.List;

/** The storage {@code s3}: a bucket. */
public final class S3StorageProvider implements StorageProvider {
  @Override
  public String name() {
    return "s3";
  }

  @Override
  public int spiLevel() {
    return SpiLevel.CURRENT;
  }

  @Override
  public String description() {
    return "A bucket of Amazon S3 or of a compatible store, through the AWS SDK";
  }

  @Override
  public List<Option> options() {
    return S3Settings.OPTIONS;
  }

  @Override
  public void check(Options options) {
    var _ = S3Settings.of(options);
  }

  @Override
  public Storage open(PluginContext context) {
    S3Settings settings = S3Settings.of(context.options());
    return BucketStorage.open(settings.common(), S3Bucket.of(settings));
  }
}
