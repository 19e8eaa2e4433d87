package io.elacsym.engine.model;

import java.util.List;

/**
 * Changes applied in order and together: a reader sees all of them or none, also after a crash.
 *
 * @param operations at least one; a later one on the same id wins
 */
public record WriteRequest(List<WriteOp> operations) {
  public WriteRequest {
    operations = List.copyOf(operations);
  }
}
