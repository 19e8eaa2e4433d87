package io.elacsym.engine.filter;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How many steps the program of a regular expression has, roughly and without making it: each
 * character is a step, and what is repeated counts as often as it is repeated. What is no regular
 * expression has some size, too.
 */
final class RegexSize {
  private final String regex;
  private final Deque<Long> outer = new ArrayDeque<>();
  private long size;
  private long last;
  private int at;

  private RegexSize(String regex) {
    this.regex = regex;
  }

  static long of(String regex) {
    RegexSize size = new RegexSize(regex);
    while (size.at < regex.length()) {
      size.read();
    }
    while (!size.outer.isEmpty()) {
      size.close();
    }
    return size.size + size.last;
  }

  private void read() {
    char c = regex.charAt(at++);
    switch (c) {
      case '(' -> {
        next(0);
        outer.push(size);
        size = 0;
      }
      case ')' -> close();
      case '[' -> {
        skipClass();
        next(1);
      }
      case '\\' -> {
        skipEscape();
        next(1);
      }
      case '{' -> repeat();
      case '|' -> next(2);
      case '*', '+', '?' -> last++;
      default -> next(1);
    }
  }

  /** What comes next has so many steps. */
  private void next(long steps) {
    size = sum(size, last);
    last = steps;
  }

  private void close() {
    long inner = sum(size, last);
    size = outer.isEmpty() ? 0 : outer.pop();
    last = sum(inner, 2);
  }

  /** Goes behind the bracket that closes a class: one that comes first is a member. */
  private void skipClass() {
    int first = at < regex.length() && regex.charAt(at) == '^' ? at + 1 : at;
    for (int i = first; i < regex.length(); i++) {
      char c = regex.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == ']' && i > first) {
        at = i + 1;
        return;
      }
    }
    at = regex.length();
  }

  private void skipEscape() {
    char kind = at < regex.length() ? regex.charAt(at) : ' ';
    at++;
    boolean named = (kind == 'p' || kind == 'P' || kind == 'x') && at < regex.length();
    if (named && regex.charAt(at) == '{') {
      int end = regex.indexOf('}', at);
      at = end < 0 ? regex.length() : end + 1;
    }
  }

  /** Repeats what was last if this is {@code {n}}, {@code {n,}} or {@code {n,m}}. */
  private void repeat() {
    int end = regex.indexOf('}', at);
    String[] bounds = end < 0 ? new String[0] : regex.substring(at, end).split(",", -1);
    if (bounds.length < 1 || bounds.length > 2 || !isNumber(bounds[0])) {
      next(1);
      return;
    }
    long least = number(bounds[0]);
    long most = bounds.length == 2 && isNumber(bounds[1]) ? number(bounds[1]) : least + 1;
    long times = Math.max(1, Math.max(least, most));
    // Each of those that may be missing is a step more.
    last = last + 1 > Integer.MAX_VALUE / times ? Integer.MAX_VALUE : (last + 1) * times;
    at = end + 1;
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty()
        && text.length() <= 9
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static long number(String text) {
    return Long.parseLong(text);
  }

  private static long sum(long a, long b) {
    return Math.min(Integer.MAX_VALUE, a + b);
  }
}
