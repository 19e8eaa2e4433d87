package io.elacsym.distribution.transfer;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Lines of a file in another encoding than UTF-8. */
final class DecodedLines implements Lines {
  private final BufferedReader text;

  DecodedLines(StrictText text) {
    this.text = new BufferedReader(text);
  }

  @Override
  public Optional<byte[]> next() throws IOException {
    int next = text.read();
    if (next < 0) {
      return Optional.empty();
    }
    StringBuilder line = new StringBuilder();
    while (next >= 0 && next != '\n') {
      line.append((char) next);
      next = text.read();
    }
    int last = line.length() - 1;
    if (last >= 0 && line.charAt(last) == '\r') {
      line.setLength(last);
    }
    return Optional.of(utf8(line.toString()));
  }

  private static byte[] utf8(String line) {
    int bad = StrictText.firstBad(line).orElse(-1);
    if (bad < 0) {
      return line.getBytes(StandardCharsets.UTF_8);
    }
    // The line could not be decoded. The byte 0xFF, which is nowhere in UTF-8, marks the place, so
    // that whoever checks the line finds it.
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(line.length());
    bytes.writeBytes(line.substring(0, bad).getBytes(StandardCharsets.UTF_8));
    bytes.write(0xFF);
    return bytes.toByteArray();
  }
}
