package io.elacsym.benchmarks.sets;

import io.elacsym.benchmarks.measure.Neighbors;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.IntPredicate;

/**
 * Exact neighbours, kept in files beside their set: finding them takes longer than most runs. A
 * file's name is a hash of all that its content depends on, and the file repeats that in full.
 */
public final class TruthCache {
  /** How many neighbours of a query are kept. */
  public static final int DEPTH = 100;

  /** Changes when this class or the exact search would find others. */
  private static final String VERSION = "1";

  private final VectorSet set;

  public TruthCache(VectorSet set) {
    this.set = set;
  }

  /**
   * The nearest {@link #DEPTH} of every query.
   *
   * @param filter names the filter so that no other one of this set has the same name
   * @param accept the filter
   */
  public Neighbors neighbors(String filter, IntPredicate accept) throws IOException {
    String key = String.join("\n", VERSION, DEPTH + " neighbours", filter, set.identity());
    Path file = set.directory().resolve("truth-" + hash(key) + ".bin");
    if (Files.exists(file)) {
      try (DataInputStream in =
          new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
        if (in.readUTF().equals(key)) {
          return read(in);
        }
      }
    }
    Neighbors found = Neighbors.of(set.metric(), set.vectors(), set.queries(), DEPTH, accept);
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(part)))) {
      out.writeUTF(key);
      write(found, out);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    return found;
  }

  private static void write(Neighbors found, DataOutputStream out) throws IOException {
    out.writeInt(found.matching());
    out.writeInt(found.items().length);
    for (int q = 0; q < found.items().length; q++) {
      out.writeInt(found.items()[q].length);
      for (int i = 0; i < found.items()[q].length; i++) {
        out.writeInt(found.items()[q][i]);
        out.writeFloat(found.scores()[q][i]);
      }
    }
  }

  private static Neighbors read(DataInputStream in) throws IOException {
    int matching = in.readInt();
    int[][] items = new int[in.readInt()][];
    float[][] scores = new float[items.length][];
    for (int q = 0; q < items.length; q++) {
      items[q] = new int[in.readInt()];
      scores[q] = new float[items[q].length];
      for (int i = 0; i < items[q].length; i++) {
        items[q][i] = in.readInt();
        scores[q][i] = in.readFloat();
      }
    }
    return new Neighbors(matching, items, scores);
  }

  private static String hash(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
