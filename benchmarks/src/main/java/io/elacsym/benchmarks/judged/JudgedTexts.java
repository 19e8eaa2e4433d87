package io.elacsym.benchmarks.judged;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A judged collection in the form of TREC: {@code doc-text.trec}, {@code query-text.trec}, {@code
 * qrels}.
 *
 * @param documents texts by number
 * @param queries texts by number
 * @param relevant by query the documents that were judged to fit
 */
record JudgedTexts(
    SortedMap<Long, String> documents,
    SortedMap<Long, String> queries,
    Map<Long, Set<Long>> relevant) {
  private static final Pattern DOCUMENT =
      Pattern.compile("<DOCNO>(\\d+)</DOCNO>(.*?)</DOC>", Pattern.DOTALL);
  private static final Pattern QUERY =
      Pattern.compile("<num>(\\d+)</num><title>(.*?)</title>", Pattern.DOTALL);

  static JudgedTexts read(Path folder) throws IOException {
    Map<Long, Set<Long>> relevant = new HashMap<>();
    for (String line : Files.readAllLines(folder.resolve("qrels"), StandardCharsets.ISO_8859_1)) {
      String[] parts = line.trim().split("\\s+");
      if (parts.length == 4 && !parts[3].equals("0")) {
        relevant
            .computeIfAbsent(Long.valueOf(parts[0]), query -> new HashSet<>())
            .add(Long.valueOf(parts[2]));
      }
    }
    return new JudgedTexts(
        texts(DOCUMENT, folder.resolve("doc-text.trec")),
        texts(QUERY, folder.resolve("query-text.trec")),
        relevant);
  }

  private static SortedMap<Long, String> texts(Pattern pattern, Path file) throws IOException {
    SortedMap<Long, String> texts = new TreeMap<>();
    Matcher matcher = pattern.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
    while (matcher.find()) {
      texts.put(Long.valueOf(matcher.group(1)), matcher.group(2));
    }
    if (texts.isEmpty()) {
      throw new IOException(file + " has no text in the form of TREC");
    }
    return texts;
  }
}
