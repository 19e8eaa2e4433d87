/**
 * What storages in a bucket have in common. It provides no plugin: a plugin that stores in a bucket
 * has this module in its directory, beside its own.
 *
 * <p>{@link io.elacsym.storage.bucket.BucketStorage} is the storage. It decides what a request is,
 * which requests are sent again and when, what an answer means, and what is said when something
 * fails. A plugin adds what only its client library can do: it makes a {@link
 * io.elacsym.storage.bucket.client.BucketClient}, whose methods are single requests, from {@link
 * io.elacsym.storage.bucket.settings.BucketSettings}.
 *
 * <p><b>Layout.</b> The object {@code a/b} has the key {@code a/b}, after the prefix if there is
 * one. Keys that cannot be names of ours, such as the folder markers of some consoles, are not
 * seen.
 *
 * <p><b>Tags</b> are ETags. Where those are digests of the content, as on S3 itself, an object that
 * is written again with the same bytes has the same tag.
 *
 * <p><b>Conditional puts</b> are single requests with {@code If-None-Match} or {@code If-Match},
 * whatever the size up to what the client can send with one request; stores exist that ignore these
 * conditions when a multipart upload completes. They are sent again only when the try before surely
 * stored nothing: the connection was never made, or the store said that it is busy with another
 * write of the object. {@code PutVerdict} is the table of what each answer means.
 *
 * <p><b>Other puts</b> are repeated as reads are, and above a threshold they are multipart uploads.
 *
 * <p><b>Permissions.</b> {@code s3:GetObject}, {@code s3:PutObject} and {@code s3:DeleteObject} on
 * the objects and {@code s3:ListBucket} on the bucket are all that is used. One thing goes better
 * with {@code s3:AbortMultipartUpload}: without it, the parts of an upload that failed stay until a
 * lifecycle rule ({@code AbortIncompleteMultipartUpload}) removes them.
 *
 * <p><b>Answers</b> are held to what was asked for: one that ends early, is another part of the
 * object, or lacks its tag is no answer, and the request is sent again.
 */
@SuppressWarnings("module") // the modules it is exported to are built after this one
module io.elacsym.storage.bucket {
  requires io.elacsym.api;

  exports io.elacsym.storage.bucket to
      io.elacsym.storage.minio,
      io.elacsym.storage.s3;
  exports io.elacsym.storage.bucket.client to
      io.elacsym.storage.minio,
      io.elacsym.storage.s3;
  exports io.elacsym.storage.bucket.settings to
      io.elacsym.storage.minio,
      io.elacsym.storage.s3;
}
