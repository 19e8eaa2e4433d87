package io.elacsym.examples.dictionary;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Keeps what is written to a screen that is no terminal. */
final class Transcript {

  private static final int WIDTH = 80;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  Screen screen() {
    return new Screen(new PrintStream(bytes, true, StandardCharsets.UTF_8), false, WIDTH);
  }

  List<String> lines() {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
