package io.elacsym.storage.local;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.storage.Storage;
import java.nio.file.Path;

/** Which file an object is: the name is the path below the root. */
record ObjectFiles(Path root) {
  static final String TEMPORARY = ".tmp";
  static final String LOCK = ".elacsym.lock";

  /**
   * The file of the object {@code name}.
   *
   * @throws ElacsymException {@code INVALID_REQUEST} for a name that cannot be an object
   */
  Path file(String name) {
    Storage.checkName(name);
    int slash = name.indexOf('/');
    String first = slash < 0 ? name : name.substring(0, slash);
    if (isReserved(first)) {
      throw ElacsymException.invalid(
          "object name '" + name + "' starts with '" + first + "', which local storage keeps for"
              + " itself; choose another name");
    }
    return root.resolve(name);
  }

  /** Whether a name in the root is ours. */
  static boolean isReserved(String firstPart) {
    return firstPart.equals(TEMPORARY) || firstPart.equals(LOCK);
  }

  /** Whether a file or folder of this name can be an object or a part of one's name. */
  static boolean isNamePart(String part) {
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!plain && "-_.".indexOf(c) < 0) {
        return false;
      }
    }
    return !part.isEmpty();
  }

  Path temporary() {
    return root.resolve(TEMPORARY);
  }

  Path lock() {
    return root.resolve(LOCK);
  }
}
