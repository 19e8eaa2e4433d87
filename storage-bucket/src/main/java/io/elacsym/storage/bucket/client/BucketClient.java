package io.elacsym.storage.bucket.client;

import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.PutMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * S3's operations on one bucket, as a client library makes them. Each method is one request, sent
 * once and on the caller's thread. A client never sends one again by itself: whether that does harm
 * is decided in one place, for all clients in the same way. Safe for use by many threads.
 */
public interface BucketClient extends AutoCloseable {
  /** The most bytes that one request can carry. */
  long largestBody();

  /**
   * The same client with a limit for how long each request takes to its end.
   *
   * @param time zero: no limit, as long as bytes keep coming
   */
  BucketClient within(Duration time);

  /**
   * Reads an object or a part of it; see {@link Fetched#read}.
   *
   * @param unlessTag refused with status 304 while the object has this tag
   */
  Fetched get(String key, ByteRange range, Optional<String> unlessTag) throws CallFailure;

  Facts head(String key) throws CallFailure;

  /**
   * Writes an object if the condition holds.
   *
   * @return its new tag; empty when the answer does not say it
   */
  Optional<String> put(String key, Body body, PutMode mode) throws CallFailure;

  /** Begins a multipart upload; returns its id. */
  String createUpload(String key) throws CallFailure;

  /**
   * Sends a part of an upload.
   *
   * @param number from 1
   */
  SentPart sendPart(String key, String upload, int number, Body body) throws CallFailure;

  /** Makes one object of the parts; answers as {@link #put}. */
  Optional<String> completeUpload(String key, String upload, List<SentPart> parts)
      throws CallFailure;

  void abortUpload(String key, String upload) throws CallFailure;

  /** A page of keys in order. */
  Page list(PageRequest request) throws CallFailure;

  void delete(String key) throws CallFailure;

  /**
   * Deletes up to 1,000 objects.
   *
   * @return what the store says, in an answer of success, of those that it did not delete
   */
  List<CallFailure.Refused> delete(List<String> keys) throws CallFailure;

  /**
   * Deletes an object with a request that the store itself refuses from a time on.
   *
   * @see SignatureLife
   */
  void deleteBefore(String key, Instant deadline) throws CallFailure;

  /** Cuts off what is under way. Calls after it fail. */
  @Override
  void close();
}
