package io.elacsym.distribution.config;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * On which line of a TOML file a key is set, which the library that reads it does not tell. Looks
 * at the beginnings of lines only: a key inside of an inline table has the line of that table.
 */
final class TomlLines {
  private static final Pattern TABLE = Pattern.compile("\\s*\\[([^\\[\\]]+)]\\s*(#.*)?");
  private static final Pattern KEY = Pattern.compile("\\s*([\\w.\\-\"' ]+?)\\s*=.*");

  private final Map<String, Integer> lines;

  private TomlLines(Map<String, Integer> lines) {
    this.lines = lines;
  }

  static TomlLines of(String text) {
    Map<String, Integer> lines = new HashMap<>();
    String table = "";
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      Matcher head = TABLE.matcher(line);
      Matcher key = KEY.matcher(line);
      if (head.matches()) {
        table = plain(head.group(1)) + ".";
      } else if (key.matches()) {
        lines.putIfAbsent(table + plain(key.group(1)), number);
      }
    }
    return new TomlLines(lines);
  }

  private static String plain(String key) {
    return key.replaceAll("[\\s\"']", "");
  }

  OptionalInt line(String key) {
    for (String part = key; ; part = part.substring(0, part.lastIndexOf('.'))) {
      Integer line = lines.get(part);
      if (line != null) {
        return OptionalInt.of(line);
      }
      if (!part.contains(".")) {
        return OptionalInt.empty();
      }
    }
  }
}
