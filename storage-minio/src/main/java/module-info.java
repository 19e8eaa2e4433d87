/**
 * Storage plugin {@code minio}: a bucket of MinIO, of Amazon S3, or of any store that speaks S3 and
 * keeps its conditions, through the MinIO client. It makes the promises of the plugin {@code s3}
 * and reads the same environment variables, so that one can take the other's place on the same
 * bucket.
 *
 * <p><b>Layout.</b> The object {@code a/b} is the object {@code a/b} of the bucket, below the
 * configured prefix. Nothing else is kept in the bucket.
 *
 * <p><b>Requests.</b> A get, a conditional get, a head, a put and a page of 1,000 names each cost
 * one request; a large put costs one a part and two more; a delete costs one for each 1,000 names.
 * The permissions {@code s3:GetObject}, {@code s3:PutObject}, {@code s3:DeleteObject} and {@code
 * s3:ListBucket} are enough.
 *
 * <p><b>Versions</b> are ETags. A put if absent is sent with {@code If-None-Match: *}, one over a
 * known version with {@code If-Match}.
 *
 * <p><b>The client.</b> Of the MinIO client, its S3 operations are used ({@code BaseS3Client}):
 * arguments, checksums, signatures, messages, credentials. Requests are sent by us, each once and
 * on the thread of the caller, because whether a put in doubt may be repeated is decided here
 * alone.
 */
module io.elacsym.storage.minio {
  requires io.elacsym.api;

  provides io.elacsym.api.storage.StorageProvider with
      io.elacsym.storage.minio.MinioStorageProvider;
}
