package io.elacsym.api.storage;

import java.time.Duration;
import java.util.Map;

/**
 * What a storage has asked of its server since it was opened. No number ever falls from one reading
 * to a later one.
 *
 * @param operations counts by kind of request; a kind that was never sent may be missing
 */
public record StorageStatistics(Map<Operation, Counts> operations) {
  /** Of a storage that does not count. */
  public static final StorageStatistics NONE = new StorageStatistics(Map.of());

  public StorageStatistics {
    operations = Map.copyOf(operations);
  }

  /** The kinds of requests, which cost different things. */
  public enum Operation {
    /** Reads bytes, conditionally or not. */
    GET,
    /** Reads what is known of an object without its bytes. */
    HEAD,
    /** Writes an object or a part of it. */
    PUT,
    LIST,
    DELETE
  }

  /**
   * How often, how well, how much.
   *
   * @param requests sent, those that were sent again included
   * @param retries how many of them were sent again
   * @param failures how many of them were not answered, or with an error; that an object is absent,
   *     unchanged or has another tag is no error
   * @param throttled how many of the failures said that there is too much to do
   * @param bytesReceived of objects
   * @param bytesSent of objects
   * @param time that callers waited for answers, added up
   */
  public record Counts(
      long requests,
      long retries,
      long failures,
      long throttled,
      long bytesReceived,
      long bytesSent,
      Duration time) {
    public static final Counts ZERO = new Counts(0, 0, 0, 0, 0, 0, Duration.ZERO);
  }

  /** The counts of one kind; zeros when it never happened. */
  public Counts of(Operation operation) {
    return operations.getOrDefault(operation, Counts.ZERO);
  }
}
