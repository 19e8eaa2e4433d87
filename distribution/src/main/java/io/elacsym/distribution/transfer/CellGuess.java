package io.elacsym.distribution.transfer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.elacsym.engine.model.Attribute;

/** The type that suits the cells of a column. */
final class CellGuess {
  private final TypeGuess guess = new TypeGuess();

  void add(String cell) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    if (cell.isEmpty()) {
      return;
    }
    if (cell.matches("[-+]?\\d{1,18}")) {
      guess.add(json.numberNode(1L));
    } else if (cell.equals("true") || cell.equals("false")) {
      guess.add(json.booleanNode(true));
    } else if (isNumber(cell)) {
      guess.add(json.numberNode(0.5));
    } else {
      guess.add(json.textNode(cell));
    }
  }

  private static boolean isNumber(String cell) {
    return Cells.isDecimal(cell) && Double.isFinite(Double.parseDouble(cell.strip()));
  }

  Attribute attribute() {
    return guess.attribute();
  }
}
