package io.elacsym.server.helidon;

import io.elacsym.server.helidon.wire.RequestHead;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Compression of answers, for clients that ask for it. */
final class GzipAnswers {
  /** Smaller answers are not worth it: they fit a packet or few. */
  static final int WORTH_IT = 4 << 10;

  private static final int BUFFER = 16 << 10;

  private GzipAnswers() {}

  /** Whether a client takes gzip (RFC 9110, 12.5.3). */
  static boolean accepted(RequestHead head) {
    boolean any = false;
    for (String element : head.list("accept-encoding")) {
      String[] parts = element.split(";", 2);
      boolean wanted = parts.length == 1 || !parts[1].strip().matches("q\\s*=\\s*0(\\.0{0,3})?");
      String coding = parts[0].strip();
      if (coding.equals("gzip") || coding.equals("x-gzip")) {
        return wanted;
      }
      any |= coding.equals("*") && wanted;
    }
    return any;
  }

  /** Compresses fast rather than well: the other side waits. */
  static byte[] compress(byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(body.length / 4);
    try (OutputStream packed = new Packed(out)) {
      packed.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** The same of what is not all there yet. */
  static Packed compressing(OutputStream out) throws IOException {
    return new Packed(out);
  }

  /** What is written to it goes on compressed. Closed when all is written, else released. */
  static final class Packed extends GZIPOutputStream {
    private Packed(OutputStream out) throws IOException {
      super(out, BUFFER);
      def.setLevel(Deflater.BEST_SPEED);
    }

    /**
     * Gives back its memory, which is a lot and not the heap's, without another byte: closing would
     * end an answer as if it were whole.
     */
    void release() {
      def.end();
    }
  }
}
