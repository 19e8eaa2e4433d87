package io.elacsym.api.storage;

/**
 * Limits of a storage, as data.
 *
 * @param maxObjectBytes the largest object
 * @param shared whether several processes may use it at once (a bucket: yes; a locked folder: no)
 */
public record StorageCapabilities(long maxObjectBytes, boolean shared) {
  public static final StorageCapabilities UNLIMITED = new StorageCapabilities(Long.MAX_VALUE, true);
}
