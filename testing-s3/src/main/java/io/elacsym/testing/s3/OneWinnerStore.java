package io.elacsym.testing.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * Decides conditional puts one after the other for each object, and keeps an object's bytes and
 * facts together. S3Proxy itself looks at the object first and reads or writes it later, so that
 * several puts with If-Match can win against the same content, and a get can return the ETag of one
 * content with the bytes of another.
 */
final class OneWinnerStore extends ForwardingBlobStore {
  private final Lock[] locks =
      IntStream.range(0, 256).mapToObj(i -> new ReentrantLock()).toArray(Lock[]::new);

  OneWinnerStore(BlobStore store) {
    super(store);
  }

  @Override
  public PutObjectResponse putBlob(PutObjectRequest request, InputStream body) {
    byte[] bytes = bytes(body); // before the lock, which must not wait for a slow client
    Lock lock = lock(request.bucket(), request.key());
    lock.lock();
    try {
      check(request);
      return super.putBlob(request, new ByteArrayInputStream(bytes));
    } finally {
      lock.unlock();
    }
  }

  private void check(PutObjectRequest request) {
    String wanted = request.ifMatch();
    if (wanted == null) {
      return;
    }
    @Nullable HeadObjectResponse current =
        delegate().blobMetadataIfPresent(request.bucket(), request.key());
    if (current == null) {
      throw S3Exceptions.noSuchKey(request.bucket(), request.key(), "deleted meanwhile");
    }
    if (!unquoted(wanted).equals("*") && !unquoted(wanted).equals(unquoted(current.eTag()))) {
      throw S3Exceptions.fromStatusCode(412);
    }
  }

  /**
   * Opens the object and finds its facts while no put can come between. The bytes are read later,
   * from the content that was opened.
   */
  @Override
  public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
    Lock lock = lock(request.bucket(), request.key());
    lock.lock();
    try {
      return super.getBlob(request);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
    Lock lock = lock(request.bucket(), request.key());
    lock.lock();
    try {
      return super.removeBlob(request);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public CompleteMultipartUploadResponse completeMultipartUpload(
      MultipartUpload upload, CompleteMultipartUploadRequest request) {
    Lock lock = lock(request.bucket(), request.key());
    lock.lock();
    try {
      return super.completeMultipartUpload(upload, request);
    } finally {
      lock.unlock();
    }
  }

  private static byte[] bytes(InputStream body) {
    try {
      return body.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("the client went away", e);
    }
  }

  private static String unquoted(String tag) {
    return tag.replace("\"", "");
  }

  private Lock lock(String bucket, String key) {
    return locks[Math.floorMod(31 * bucket.hashCode() + key.hashCode(), locks.length)];
  }
}
