package io.elacsym.engine.leaf;

import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.model.QueryCost;
import io.elacsym.engine.segment.OpenSegment;
import io.elacsym.engine.settings.Leaves.Leaf;
import io.elacsym.engine.settings.Leaves.Outcome;
import io.elacsym.engine.task.Hedge;
import io.elacsym.engine.task.Hedge.Done;
import io.elacsym.engine.task.ReadTrace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The leaf of one segment, for one query. Once it has failed the rest of the query is searched
 * here. Safe for use by many threads.
 */
public final class LeafCall {
  /** For a query without a deadline. */
  private static final Duration LONG = Duration.ofMinutes(1);

  private final Leaf leaf;
  private final InstantSource clock;
  private final Patience patience;
  private final long manifestVersion;
  private final OpenSegment segment;
  private volatile Optional<String> gaveUp = Optional.empty();

  LeafCall(
      Leaf leaf,
      InstantSource clock,
      Patience patience,
      long manifestVersion,
      OpenSegment segment) {
    this.leaf = leaf;
    this.clock = clock;
    this.patience = patience;
    this.manifestVersion = manifestVersion;
    this.segment = segment;
  }

  /** Who has searched, for an explanation. */
  public String who() {
    return gaveUp
        .map(why -> "leaf " + leaf.name() + " " + why + ", searched here")
        .orElse("leaf " + leaf.name());
  }

  /** An answer as it came, whoever gave it. */
  private record Given(LeafAnswer answer, QueryCost cost) {
    static Given here(LeafAnswer answer) {
      return new Given(answer, new QueryCost(0, 0, 0, 0, 0, 0, 0));
    }
  }

  /** The leaf does not have this segment. */
  private static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedException(String why) {
      super(why, null, false, false);
    }
  }

  /**
   * Has a question answered, by the leaf if it can.
   *
   * @param here answers it in this process
   * @return an answer of the kind that fits the question, or what {@code here} gives
   */
  public LeafAnswer ask(LeafQuestion question, Supplier<LeafAnswer> here) {
    if (gaveUp.isPresent()) {
      return here.get();
    }
    Supplier<Given> own = () -> Given.here(here.get());
    Instant start = clock.instant();
    Done<Given> done = Hedge.call(() -> asked(question), patience.with(question), own);
    Duration took = Duration.between(start, clock.instant());
    switch (done) {
      case Done.Elsewhere<Given>(Given given) -> {
        patience.took(question, took);
        ReadTrace.current().ifPresent(trace -> trace.elsewhere(given.cost()));
        leaf.became(Outcome.ANSWERED);
      }
      case Done.HereFirst<Given> _ -> {
        patience.took(question, took);
        giveUp(Outcome.SLOW, "was slow");
      }
      case Done.HereAfter<Given>(Given _, RefusedException refused) ->
          giveUp(Outcome.REFUSED, "refused (" + refused.getMessage() + ")");
      case Done.HereAfter<Given>(Given _, Throwable why) ->
          giveUp(
              Outcome.FAILED,
              "failed ("
                  + (why.getMessage() == null ? why.getClass().getSimpleName() : why.getMessage())
                  + ")");
    }
    return done.result().answer();
  }

  private void giveUp(Outcome outcome, String why) {
    gaveUp = Optional.of(why);
    leaf.became(outcome);
  }

  private Given asked(LeafQuestion question)
      throws IOException, InterruptedException, RefusedException {
    byte[] request;
    try {
      request =
          LeafCodec.writeRequest(manifestVersion, segment.entry().id(), segment.digest(), question);
    } catch (UncheckedIOException e) {
      throw new IOException("the question cannot be sent: " + e.getMessage(), e);
    }
    byte[] bytes = leaf.ask(request, Deadline.current().left().orElse(LONG));
    LeafReply reply = LeafCodec.readReply(bytes, request, segment.rowCount());
    if (reply.answer() instanceof LeafAnswer.Refused(String why)) {
      throw new RefusedException(why);
    }
    Optional<String> wrong = AnswerCheck.of(question, reply.answer());
    if (wrong.isPresent()) {
      throw new IOException(wrong.get());
    }
    return new Given(reply.answer(), reply.cost());
  }
}
