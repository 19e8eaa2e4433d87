package io.elacsym.storage.minio;

/** Where a page of a listing starts. */
sealed interface PageStart {
  /** At the first key greater than this; empty for the first of all. */
  record AfterKey(String key) implements PageStart {}

  /** Where the page before ended, in the server's own words. */
  record Continued(String token) implements PageStart {}
}
