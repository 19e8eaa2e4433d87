package io.elacsym.storage.minio;

import io.elacsym.api.Option;
import io.elacsym.api.Options;
import io.elacsym.api.PluginContext;
import io.elacsym.api.SpiLevel;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StorageProvider;
import io.elacsym.storage.bucket.BucketStorage;
import java.util.List;

/** The storage {@code minio}: a bucket of MinIO, or of any S3, through the MinIO client. */
public final class MinioStorageProvider implements StorageProvider {
  @Override
  public String name() {
    return "minio";
  }

  @Override
  public int spiLevel() {
    return SpiLevel.CURRENT;
  }

  @Override
  public String description() {
    return "A bucket of MinIO, Amazon S3 or another S3 store, through the MinIO client";
  }

  @Override
  public List<Option> options() {
    return MinioSettings.OPTIONS;
  }

  @Override
  public void check(Options options) {
    var _ = MinioSettings.of(options);
  }

  @Override
  public Storage open(PluginContext context) {
    MinioSettings settings = MinioSettings.of(context.options());
    return BucketStorage.open(settings.common(), MinioBucket.of(settings));
  }
}
