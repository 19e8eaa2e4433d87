package io.elacsym.tck.storage;

import static io.elacsym.tck.storage.Places.content;
import static io.elacsym.tck.storage.Places.in;
import static io.elacsym.tck.storage.Places.names;
import static io.elacsym.tck.storage.Places.put;

import io.elacsym.api.ErrorKind;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.tck.Check;
import io.elacsym.tck.expect.Expect;
import java.util.ArrayList;
import java.util.List;

/** Which names there are, and which there are not. */
record NameChecks(StorageFixture fixture) {
  /** In byte order. Some names differ in case alone, some begin like the folders of others. */
  private static final List<String> LEGAL =
      List.of(
          "-/-",
          "...",
          ".hidden",
          "0123456789",
          "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
          "Case",
          "_",
          "a-b",
          "a.b",
          "a/b",
          "a/c/d",
          "a/c/e/f/g/h/i/j/k/l/m/n/o/p",
          "a0",
          "aA",
          "a_b",
          "abcdefghijklmnopqrstuvwxyz",
          "case",
          "o.json",
          "o.json.lock",
          "o.json.parts/part",
          "o.json.tmp",
          "temp/x",
          "x/" + "y".repeat(254),
          "x/" + "y".repeat(255));

  List<Check> checks() {
    return List.of(
        Check.of("every legal name is a name of its own", this::legalNames),
        Check.of("illegal names are refused as invalid", this::illegalNames));
  }

  /** A legal name of this many characters that sorts behind every other name used here. */
  private static String longName(int length) {
    return ("z".repeat(199) + "/").repeat(length / 200 + 1).substring(0, length - 1) + "z";
  }

  private void legalNames() throws Exception {
    List<String> legal = new ArrayList<>(LEGAL);
    legal.add(longName(fixture.longestName()));
    in(
        fixture,
        storage -> {
          for (String name : legal) {
            put(storage, name, "content of " + name);
          }
          for (String name : legal) {
            Expect.equal("content", "content of " + name, content(storage, name));
            Expect.equal("name in head", name, storage.head(name).orElseThrow().name());
          }
          Expect.equal("names listed", legal, names(storage, "", "", 100));
          storage.delete(List.of("a-b", "a/c/d", "Case"));
          Expect.equal("a/b after a/c/d was deleted", "content of a/b", content(storage, "a/b"));
          Expect.equal("case after Case was deleted", "content of case", content(storage, "case"));
          Expect.equal("names listed", legal.size() - 3, names(storage, "", "", 100).size());
        });
  }

  private void illegalNames() throws Exception {
    in(
        fixture,
        storage -> {
          for (String name :
              List.of(
                  "",
                  "/",
                  "/a",
                  "a/",
                  "a//b",
                  ".",
                  "..",
                  "a/./b",
                  "../a",
                  "a/..",
                  "a b",
                  "a\\b",
                  "a:b",
                  "a*",
                  "a%2e",
                  "\u00e4",
                  "a\u0000b",
                  "a\nb",
                  "~",
                  "a/" + "z".repeat(256),
                  longName(fixture.longestName() + 1))) {
            String what = " of the name '" + name + "'";
            Expect.failure(ErrorKind.INVALID_REQUEST, "put" + what, () -> put(storage, name, "x"));
            Expect.failure(
                ErrorKind.INVALID_REQUEST, "get" + what, () -> storage.get(name, ByteRange.ALL));
            Expect.failure(ErrorKind.INVALID_REQUEST, "head" + what, () -> storage.head(name));
            Expect.failure(
                ErrorKind.INVALID_REQUEST, "delete" + what, () -> storage.delete(List.of(name)));
          }
          Expect.equal("names listed", List.of(), names(storage, "", "", 10));
        });
  }
}
