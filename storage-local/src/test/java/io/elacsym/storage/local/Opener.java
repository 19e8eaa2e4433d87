package io.elacsym.storage.local;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.Storage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;

/**
 * Opens a root, says so, puts objects of the sizes read from the input, line by line, and says how
 * each ended. Ends with the input.
 */
final class Opener {
  private Opener() {}

  public static void main(String[] arguments) throws IOException {
    BufferedReader sizes =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (Storage storage = LocalStorage.open(Path.of(arguments[0]), Clock.systemUTC())) {
      System.out.println("open");
      String size;
      while ((size = sizes.readLine()) != null) {
        System.out.println(put(storage, Integer.parseInt(size)));
      }
    } catch (ElacsymException e) {
      System.out.println(e.kind() + " " + e.getMessage());
    }
  }

  private static String put(Storage storage, int size) {
    try {
      return storage
          .put("object-" + size, Payload.of(new byte[size]), PutMode.OVERWRITE)
          .outcome()
          .toString();
    } catch (ElacsymException e) {
      return e.kind() + " " + e.getMessage();
    }
  }
}
