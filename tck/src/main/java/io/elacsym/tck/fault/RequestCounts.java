package io.elacsym.tck.fault;

/**
 * How many requests were made, failed ones included, and how many bytes went each way.
 *
 * @param gets conditional gets included
 * @param bytesRead in results of gets
 * @param bytesWritten in payloads that reached the storage
 */
public record RequestCounts(
    long gets, long heads, long puts, long lists, long deletes, long bytesRead, long bytesWritten) {

  /** Requests of any kind. */
  public long requests() {
    return gets + heads + puts + lists + deletes;
  }
}
