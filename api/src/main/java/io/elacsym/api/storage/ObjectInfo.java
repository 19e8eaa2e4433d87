package io.elacsym.api.storage;

import java.time.Instant;

/**
 * What is known of an object without its bytes.
 *
 * @param name the object's name
 * @param size in bytes
 * @param tag opaque, an ETag say; another one whenever the content was written anew
 * @param lastModified by the storage's clock; only for ages and display, never for ordering
 */
public record ObjectInfo(String name, long size, String tag, Instant lastModified) {}
