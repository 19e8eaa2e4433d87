/**
 * Storage plugin {@code minio}: a bucket of MinIO, of Amazon S3, or of another store that speaks
 * its language, through the MinIO client. Any number of processes may use one bucket at once. All
 * promises are those of {@code io.elacsym.storage.bucket}, as in the plugin {@code s3}, so that
 * either can take the other's place on a bucket. Here is the client only.
 *
 * <p><b>The client.</b> Used are the S3 operations of the MinIO client ({@code BaseS3Client}):
 * their arguments, checksums, signatures and messages, and its providers of credentials ({@code
 * MinioBucket}). Requests are sent by us, each once and on the thread of the caller ({@code
 * OneTry}), because whether a put in doubt is repeated must be decided in one place.
 *
 * <p><b>Memory.</b> The client wants what it sends in an array: so a conditional put may have the 2
 * GiB that an array holds, and a part of an upload 1 GiB.
 *
 * <p><b>Integrity.</b> Uploads carry a checksum that the store verifies; an object that is read
 * whole is compared with the checksum that the store keeps, if it keeps one ({@code
 * StoredChecksum}).
 */
module io.elacsym.storage.minio {
  requires io.elacsym.api;
  requires io.elacsym.storage.bucket;

  provides io.elacsym.api.storage.StorageProvider with
      io.elacsym.storage.minio.MinioStorageProvider;
}
