package io.elacsym.cluster.simulation;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.cluster.member.Member;
import io.elacsym.cluster.route.Arrival;
import io.elacsym.cluster.route.Errand;
import io.elacsym.cluster.route.Outcome;
import io.elacsym.cluster.simulation.Network.Fate;
import io.elacsym.cluster.simulation.Network.Station;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.WrittenElsewhere;
import java.util.Optional;
import java.util.function.Function;

/**
 * A request on its way through a simulated cluster.
 *
 * @param at the node that it is at
 * @param arrival how it came there
 */
record RoutedErrand<T>(
    Network network,
    Station at,
    String namespace,
    boolean changes,
    Arrival arrival,
    Function<Engine, T> request)
    implements Errand<RoutedErrand.Answer<T>> {

  /** What a node has answered. */
  sealed interface Answer<T> {
    /** What was asked for. */
    record Value<T>(T value) implements Answer<T> {}

    /** An error. */
    record Failure<T>(ElacsymException error) implements Answer<T> {}
  }

  /** Has the request served, wherever that is. */
  Answer<T> route() {
    return changes
        ? at.cluster().router().change(namespace, arrival, this)
        : at.cluster().router().read(namespace, arrival, this);
  }

  @Override
  public Answer<T> here() {
    return new Answer.Value<>(request.apply(at.engine()));
  }

  @Override
  public Outcome<Answer<T>> send(Member node, boolean insist) {
    if (arrival != Arrival.FROM_CLIENT) {
      at.node().cluster().world().fail("a request was forwarded that had been forwarded before");
    }
    at.node().cluster().coverage().saw(insist ? "insisted" : "forwarded");
    Fate<Outcome<Answer<T>>> fate =
        network.send(
            at.node(),
            at.id(),
            node.id(),
            station -> served(station, insist),
            Network.patience(at.node().cluster().isStorming()),
            () -> at.cluster().membership().isSuspect(node));
    return switch (fate) {
      case Fate.Answered<Outcome<Answer<T>>>(Outcome<Answer<T>> outcome) -> outcome;
      case Fate.NotArrived<Outcome<Answer<T>>>() ->
          new Outcome.NotDone<>(Optional.empty(), true, "not reached");
      case Fate.Unknown<Outcome<Answer<T>>>() -> {
        at.node().cluster().coverage().saw("forwarded, in doubt");
        yield new Outcome.InDoubt<>("no answer");
      }
    };
  }

  private Outcome<Answer<T>> served(Station station, boolean insist) {
    if (station.node().isClosing() && station.cluster().membership().isLeaving()) {
      // As a server does that drains.
      return new Outcome.NotDone<>(Optional.empty(), false, "stopping");
    }
    try {
      return new Outcome.Answered<>(
          new RoutedErrand<>(
                  network,
                  station,
                  namespace,
                  changes,
                  insist ? Arrival.INSISTED : Arrival.FORWARDED,
                  request)
              .route());
    } catch (ElacsymException e) {
      return WrittenElsewhere.in(e)
          .<Outcome<Answer<T>>>map(
              elsewhere -> new Outcome.NotDone<>(elsewhere.node(), false, "another writes"))
          .orElseGet(() -> new Outcome.Answered<>(new Answer.Failure<>(e)));
    }
  }

  @Override
  public Optional<String> recordedWriter() {
    try {
      return at.engine().recordedWriter(namespace);
    } catch (ElacsymException e) {
      if (e.kind() != ErrorKind.NOT_FOUND) {
        throw e;
      }
      return Optional.empty();
    }
  }

  @Override
  public boolean canSendAgain() {
    return true;
  }
}
