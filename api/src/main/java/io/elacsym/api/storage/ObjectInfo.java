package io.elacsym.api.storage;

import java.time.Instant;

/**
 * What is known of an object without its bytes.
 *
 * @param name the object's name
 * @param size in bytes
 * @param tag opaque, an ETag say, by which the content can be recognised: see {@link Storage}
 * @param lastModified when the object was last written, by the storage's clock, to a second or
 *     better; only for ages and display, never for ordering
 */
public record ObjectInfo(String name, long size, String tag, Instant lastModified) {}
