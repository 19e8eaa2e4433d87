package io.elacsym.tck.fault;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Decides what goes wrong with which request. Safe for use by many threads. */
@FunctionalInterface
public interface FaultPlan {
  Fault next(Request request);

  /** Nothing goes wrong. */
  static FaultPlan none() {
    return request -> Fault.none();
  }

  /** One fault, at one request, counted from 1. */
  static FaultPlan at(long number, Fault fault) {
    return request -> request.number() == number ? fault : Fault.none();
  }

  /** A fault at every request that fits. */
  static FaultPlan on(Predicate<Request> which, Fault fault) {
    return request -> which.test(request) ? fault : Fault.none();
  }

  /** A fault at the first requests that fit. */
  static FaultPlan first(int times, Predicate<Request> which, Fault fault) {
    AtomicInteger left = new AtomicInteger(times);
    return request -> which.test(request) && left.getAndDecrement() > 0 ? fault : Fault.none();
  }

  /**
   * Each fault with its own chance. What happens to a request depends on the seed and on the
   * request's number alone, so a run with the same requests in the same order can be replayed.
   *
   * @param chances 0 to 1 each, at most 1 together
   */
  static FaultPlan random(long seed, Map<? extends Fault, Double> chances) {
    // Sorted by text: the order of a map must not decide what a seed means.
    List<? extends Map.Entry<? extends Fault, Double>> ordered =
        chances.entrySet().stream()
            .sorted((a, b) -> a.getKey().toString().compareTo(b.getKey().toString()))
            .toList();
    return request -> {
      double drawn = new SplittableRandom(seed * 1_000_003 + request.number()).nextDouble();
      for (Map.Entry<? extends Fault, Double> chance : ordered) {
        if (drawn < chance.getValue()) {
          return chance.getKey();
        }
        drawn -= chance.getValue();
      }
      return Fault.none();
    };
  }

  /** What this plan says, or where it says nothing, what the other says. */
  default FaultPlan or(FaultPlan other) {
    return request -> {
      Fault fault = next(request);
      return fault.equals(Fault.none()) ? other.next(request) : fault;
    };
  }
}
