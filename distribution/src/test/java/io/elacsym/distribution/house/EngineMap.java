package io.elacsym.distribution.house;

import java.util.List;
import java.util.regex.Pattern;

/** The packages of the engine as ARCHITECTURE.md draws them. */
final class EngineMap {
  /** A row of the table of packages, up to the end of its first cell. */
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (`io\\.elacsym\\.engine[^|]*)\\|");

  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  /**
   * The outermost first: each may use those after it, and no other. A new package takes the lowest
   * place its uses allow.
   */
  static final List<String> PACKAGES =
      Checkout.all(ROW, Checkout.read(Checkout.ROOT.resolve("ARCHITECTURE.md"))).stream()
          .flatMap(cell -> Checkout.all(CODE, cell).stream())
          .toList();

  private EngineMap() {}
}
