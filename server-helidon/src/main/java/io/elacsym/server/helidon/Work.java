package io.elacsym.server.helidon;

import java.util.function.Supplier;

/**
 * What a call asks for, once all of it is read. It needs nothing of its connection any more, so
 * whoever waits for it may leave.
 */
sealed interface Work {
  /** There was nothing to wait for. */
  record Done(Reply reply) implements Work {}

  /** It changes nothing that anybody could see later. */
  record Reading(Supplier<Reply> doing) implements Work {}

  /** It changes what is stored: while it goes on, nobody can say whether it will have. */
  record Changing(Supplier<Reply> doing) implements Work {}
}
