package io.elacsym.distribution.plugins;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The names of classes in the constant pool of a class file, which are all that it may link to (JVM
 * specification, 4.4). {@code java.lang.classfile} reads it, too, but for the classes of our own
 * plugins it takes a fifth of a second more, at each start of the program.
 */
final class ConstantPool {
  private static final int UTF8 = 1;
  private static final int CLASS = 7;

  private ConstantPool() {}

  /**
   * Internal names, of arrays too: {@code a/b/C}, {@code [La/b/C;}.
   *
   * @throws IOException when it is no class file
   */
  static Set<String> classes(byte[] file) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(file));
    in.skipNBytes(8); // magic number and version
    int count = in.readUnsignedShort();
    String[] texts = new String[count];
    List<Integer> classes = new ArrayList<>();
    for (int i = 1; i < count; i++) {
      int tag = in.readUnsignedByte();
      switch (tag) {
        case UTF8 -> texts[i] = in.readUTF();
        case CLASS -> classes.add(in.readUnsignedShort());
        case 8, 16, 19, 20 -> in.skipNBytes(2);
        case 15 -> in.skipNBytes(3);
        case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
        case 5, 6 -> {
          in.skipNBytes(8);
          i++; // long and double take two places
        }
        default -> throw new IOException("unknown tag " + tag);
      }
    }
    Set<String> names = new HashSet<>();
    for (int index : classes) {
      names.add(texts[index]);
    }
    return names;
  }
}
