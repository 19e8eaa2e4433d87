package io.elacsym.engine.writer;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.check.CheckedWrite;
import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.model.WriteResult;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * A checked write that waits for its group commit.
 *
 * @param write what is to be stored
 * @param deadline of who waits for it
 * @param done completed when it is durable and visible, or has failed
 */
public record PendingWrite(
    CheckedWrite write, Deadline deadline, CompletableFuture<WriteResult> done) {

  /**
   * Does the part of the work that is for this write alone, as long as its deadline allows.
   *
   * @param resolve what is to be stored; stores nothing itself
   * @throws ElacsymException as that does, and {@link ErrorKind#TIMEOUT}
   */
  public WriteResult resolved(Function<CheckedWrite, WriteResult> resolve) {
    try {
      return deadline.call(() -> {
        Deadline.check();
        return resolve.apply(write);
      });
    } catch (ElacsymException e) {
      throw e.kind() == ErrorKind.TIMEOUT ? GroupCommit.notStored(e) : e;
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
