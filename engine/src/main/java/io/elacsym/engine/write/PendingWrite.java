package io.elacsym.engine.write;

import io.elacsym.engine.model.WriteRequest;
import io.elacsym.engine.model.WriteResult;
import java.util.concurrent.CompletableFuture;

/**
 * A checked write that waits for its group commit.
 *
 * @param bytes its size, estimated
 * @param done completed when it is durable and visible, or has failed
 */
public record PendingWrite(WriteRequest request, long bytes, CompletableFuture<WriteResult> done) {}
