package io.elacsym.engine.aggregate;

import io.elacsym.engine.filter.ScalarOrder;
import io.elacsym.engine.model.Footprint;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.order.ValueBudget;
import java.math.BigInteger;
import java.util.Optional;

/** A measure of a group while its rows come. For one thread. */
sealed interface Accumulator {
  /** What a group takes for one of them, besides values that it keeps. */
  long BYTES = 2 * Footprint.FIELD;

  /** Takes the value of so many rows. */
  void add(Optional<Value.Scalar> value, int rows);

  /** What it is so far. */
  Partial partial();

  /** What it has taken of the budget for values that it keeps. */
  default long keptBytes() {
    return 0;
  }

  static Accumulator of(Measure measure, ValueBudget budget) {
    return switch (measure) {
      case Measure.Rows _ -> new Rows();
      case Measure.Total _ -> new Total();
      case Measure.Extreme(String _, boolean greatest) -> new Extreme(greatest, budget);
    };
  }

  /** Counts. */
  final class Rows implements Accumulator {
    private long count;

    @Override
    public void add(Optional<Value.Scalar> value, int rows) {
      count += rows;
    }

    @Override
    public Partial partial() {
      return new Partial.Rows(count);
    }
  }

  /** Adds up numbers of one type. */
  final class Total implements Accumulator {
    private static final BigInteger UNSIGNED = BigInteger.ONE.shiftLeft(Long.SIZE);

    private long count;
    private long whole;

    /** What did not fit the number above. */
    private BigInteger carried = BigInteger.ZERO;

    private Optional<ExactSum> floats = Optional.empty();

    @Override
    public void add(Optional<Value.Scalar> value, int rows) {
      if (value.isEmpty()) {
        return;
      }
      count += rows;
      switch (value.get()) {
        case Value.Int number -> addWhole(number.value(), rows);
        case Value.Uint number -> {
          addWhole(number.value(), rows);
          if (number.value() < 0) {
            carried = carried.add(UNSIGNED.multiply(BigInteger.valueOf(rows)));
          }
        }
        case Value.Real number -> {
          if (floats.isEmpty()) {
            floats = Optional.of(new ExactSum());
          }
          floats.get().add(number.value(), rows);
        }
        default -> throw new IllegalArgumentException("cannot add up " + value.get());
      }
    }

    private void addWhole(long number, int rows) {
      long product = number * rows;
      long sum = whole + product;
      boolean fits =
          Math.multiplyHigh(number, rows) == product >> (Long.SIZE - 1)
              && ((whole ^ sum) & (product ^ sum)) >= 0;
      if (fits) {
        whole = sum;
      } else {
        carried = carried.add(BigInteger.valueOf(number).multiply(BigInteger.valueOf(rows)));
      }
    }

    @Override
    public Partial partial() {
      return floats
          .map(sum -> sum.total(count))
          .orElseGet(() -> new Partial.Total(carried.add(BigInteger.valueOf(whole)), 0, count));
    }
  }

  /** Keeps the least or the greatest value. */
  final class Extreme implements Accumulator {
    private final boolean greatest;
    private final ValueBudget budget;
    private Optional<Value.Scalar> held = Optional.empty();

    Extreme(boolean greatest, ValueBudget budget) {
      this.greatest = greatest;
      this.budget = budget;
    }

    @Override
    public void add(Optional<Value.Scalar> value, int rows) {
      if (value.isEmpty() || (held.isPresent() && !isBeyond(value.get(), held.get()))) {
        return;
      }
      budget.take(value.map(Footprint::content).orElse(0L));
      budget.giveBack(keptBytes());
      held = value;
    }

    @Override
    public long keptBytes() {
      return held.map(Footprint::content).orElse(0L);
    }

    private boolean isBeyond(Value.Scalar value, Value.Scalar than) {
      int compared = ScalarOrder.INSTANCE.compare(value, than);
      return greatest ? compared > 0 : compared < 0;
    }

    @Override
    public Partial partial() {
      return new Partial.Extreme(greatest, held);
    }
  }
}
