package io.elacsym.engine.filter;

import io.elacsym.engine.model.Value;

/** Whether a text starts with another one. */
record PrefixTest(Value.Text prefix) implements ElementTest {
  @Override
  public boolean passes(Value.Scalar value) {
    return value instanceof Value.Text text && text.value().startsWith(prefix.value());
  }

  @Override
  public Share between(Value.Scalar least, Value.Scalar greatest) {
    // Texts with one prefix are neighbours, and the prefix itself comes first among them.
    boolean first = passes(least);
    boolean last = passes(greatest);
    if (first || last) {
      return first && last ? Share.ALL : Share.SOME;
    }
    boolean apart =
        ScalarOrder.INSTANCE.compare(greatest, prefix) < 0
            || ScalarOrder.INSTANCE.compare(least, prefix) > 0;
    return apart ? Share.NONE : Share.SOME;
  }
}
