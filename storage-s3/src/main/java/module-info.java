/**
 * Storage plugin {@code s3}: a bucket of Amazon S3, or of a store that speaks its language, through
 * the AWS SDK. Any number of processes may use one bucket at once. All promises are those of {@code
 * io.elacsym.storage.bucket}, as in the plugin {@code minio}. Here is the client only.
 *
 * <p><b>The client.</b> Used is the SDK's synchronous client ({@code S3Bucket}), with its providers
 * of credentials, and with its own retries turned off ({@code Connection}): whether a put in doubt
 * is repeated must be decided in one place. What is sent is streamed, and may have the 5 GiB that
 * S3 takes with one request.
 *
 * <p><b>Integrity.</b> Uploads carry a checksum that the store verifies, downloads are compared
 * with the checksum that the store keeps, if it keeps one; the SDK does both.
 */
@SuppressWarnings("module") // javac takes the 3 for a version number
module io.elacsym.storage.s3 {
  requires io.elacsym.api;
  requires io.elacsym.storage.bucket;

  provides io.elacsym.api.storage.StorageProvider with
      io.elacsym.storage.s3.S3StorageProvider;
}
