/**
 * Storage plugin {@code s3}: a bucket of Amazon S3, or of a store that speaks its language, through
 * the AWS SDK. Any number of processes may use one bucket at once.
 *
 * <p><b>Layout.</b> The object {@code a/b} has the key {@code a/b}, after the prefix if there is
 * one. Keys that cannot be names of ours, such as the folder markers of some consoles, are not
 * seen.
 *
 * <p><b>Versions</b> are ETags. Where those are digests of the content, as on S3 itself, an object
 * that is written again with the same bytes has the same version.
 *
 * <p><b>Conditional puts</b> are single requests with {@code If-None-Match} or {@code If-Match},
 * whatever the size up to the 5 GiB that one request may carry; stores exist that ignore these
 * conditions when a multipart upload completes. They are sent again only when the first try surely
 * stored nothing: the connection was never made, or the store said that it is busy with another
 * write of the object. {@code PutVerdict} is the table of what each answer means.
 *
 * <p><b>Other puts</b> are repeated by the SDK, and above a threshold they are multipart uploads.
 *
 * <p><b>Permissions.</b> {@code s3:GetObject}, {@code s3:PutObject} and {@code s3:DeleteObject} on
 * the objects and {@code s3:ListBucket} on the bucket are all that is used. One thing goes better
 * with {@code s3:AbortMultipartUpload}: without it, the parts of an upload that failed stay until a
 * lifecycle rule ({@code AbortIncompleteMultipartUpload}) removes them.
 *
 * <p><b>Integrity.</b> Uploads carry a checksum that the store verifies, downloads are compared
 * with the checksum that the store keeps, if it keeps one. An answer that ends early is a failure.
 */
@SuppressWarnings("module") // javac takes the 3 for a version number
module io.elacsym.storage.s3 {
  requires io.elacsym.api;
  requires java.xml;

  provides io.elacsym.api.storage.StorageProvider with
      io.elacsym.storage.s3.S3StorageProvider;
}
