package io.elacsym.engine.filter;

import io.elacsym.engine.model.Value;

/** Whether a value stands in an order to an operand. */
record RangeTest(TypedFilter.Order order, Value.Scalar operand) implements ElementTest {
  @Override
  public boolean passes(Value.Scalar value) {
    return order.accepts(ScalarOrder.INSTANCE.compare(value, operand));
  }

  @Override
  public Share between(Value.Scalar least, Value.Scalar greatest) {
    // What passes lies on one side of the operand, so the ends of a range speak for all of it.
    boolean first = passes(least);
    boolean last = passes(greatest);
    return first && last ? Share.ALL : first || last ? Share.SOME : Share.NONE;
  }
}
