package io.elacsym.distribution.house;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Markdown page, as far as these tests look at it.
 *
 * @param prose the page without its fenced blocks
 * @param fenced the lines inside fenced blocks
 */
record Markdown(String prose, String fenced) {
  private static final Pattern FENCE = Pattern.compile("^\\s*(```|~~~).*");
  private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
  private static final Pattern LINK =
      Pattern.compile("\\[[^\\]]*\\]\\(\\s*<?([^)\\s>]+)>?[^)]*\\)");
  private static final Pattern REFERENCE = Pattern.compile("(?m)^\\[[^\\]]+\\]:\\s*(\\S+)");
  private static final Pattern HTML_LINK = Pattern.compile("(?:href|src)=\"([^\"]+)\"");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6}\\s+(.+?)\\s*#*$");

  static Markdown parse(String page) {
    StringBuilder prose = new StringBuilder();
    StringBuilder fenced = new StringBuilder();
    boolean inside = false;
    for (String line : page.lines().toList()) {
      if (FENCE.matcher(line).matches()) {
        inside = !inside;
      } else {
        (inside ? fenced : prose).append(line).append('\n');
      }
    }
    return new Markdown(prose.toString(), fenced.toString());
  }

  /** What stands between single backticks. */
  List<String> code() {
    return Checkout.all(CODE, prose);
  }

  /** The targets of all links and pictures. */
  List<String> links() {
    String text = CODE.matcher(prose).replaceAll("code");
    List<String> links = new ArrayList<>(Checkout.all(LINK, text));
    links.addAll(Checkout.all(REFERENCE, text));
    links.addAll(Checkout.all(HTML_LINK, text));
    return links;
  }

  /** What links can point to on this page: its headings, in GitHub's spelling. */
  List<String> anchors() {
    List<String> anchors = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    Matcher heading = HEADING.matcher(prose);
    while (heading.find()) {
      String anchor =
          heading
              .group(1)
              .toLowerCase(Locale.ROOT)
              .replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
              .replaceAll("[^\\p{L}\\p{N} _-]", "")
              .replace(' ', '-');
      int before = seen.merge(anchor, 1, Integer::sum) - 1;
      anchors.add(before == 0 ? anchor : anchor + "-" + before);
    }
    return anchors;
  }
}
