package io.elacsym.storage.bucket.client;

/**
 * What a page of a listing is asked to be.
 *
 * @param prefix of the keys
 * @param folders whether keys with a slash behind the prefix are shown as the folder they are in,
 *     each folder once
 * @param limit the most keys and folders together, from 1 to 1,000
 */
public record PageRequest(String prefix, boolean folders, Start start, int limit) {
  /** Where a page starts. */
  public sealed interface Start {
    /** At the first key greater than this; empty for the first of all. */
    record AfterKey(String key) implements Start {}

    /** Where the page before ended, in the store's own words. */
    record Continued(String token) implements Start {}
  }
}
