package io.elacsym.engine.check;

import java.util.List;

/**
 * A write that fits the schema.
 *
 * @param operations as many as the request has, in its order
 * @param bytes what it takes in the WAL, estimated
 * @param memory what its documents take in memory, or {@code bytes} if that is more
 */
public record CheckedWrite(List<CheckedOp> operations, long bytes, long memory) {}
