package io.elacsym.engine.filter;

import io.elacsym.api.blob.ByteRange;
import io.elacsym.engine.model.Value;
import java.util.Optional;

/**
 * Where neighbouring values of an attribute index and their rows are, and between which values they
 * lie.
 *
 * @param least no value is less
 * @param greatest no value is greater; empty where that is not known
 * @param values how many
 * @param rowCount how many rows have at least one of them
 * @param valuesAt the values, and if there are several, which rows have which
 * @param rowsAt all their rows
 */
record IndexBlock(
    Value.Scalar least,
    Optional<Value.Scalar> greatest,
    int values,
    int rowCount,
    ByteRange valuesAt,
    ByteRange rowsAt) {
  /** How many of the values pass a test, as far as their bounds tell. */
  ElementTest.Share share(ElementTest test) {
    return greatest.map(last -> test.between(least, last)).orElse(ElementTest.Share.SOME);
  }
}
