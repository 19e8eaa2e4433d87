package io.elacsym.api.storage;

/**
 * The bytes of an object, or of the asked range.
 *
 * @param info the whole object's facts
 * @param bytes exactly the asked range, clipped to the object; owned by the receiver
 */
public record StoredObject(ObjectInfo info, byte[] bytes) {}
